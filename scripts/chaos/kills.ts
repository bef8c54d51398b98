import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { isComplete, readRuns } from './library.ts'
import { comes, type Measured, type Moment, momentOf } from './moment.ts'
import { differences, outcomeOf } from './outcome.ts'
import { type Ended, type Place, start, unwantedWords } from './program.ts'
import { type Chance, chanceOf } from './random.ts'
import { makeScenarios, type Scenario } from './scenarios.ts'

const SIGNALS = ['SIGKILL', 'SIGKILL', 'SIGINT', 'SIGTERM'] as const
/** More commands than this are not needed to finish any work. */
const MOST_STEPS = 20
/** How long a command may take, ms. */
const PATIENCE_MS = 60_000

export interface Round {
  number: number
  seed: number
  scenario: string
  /** What differed from an undisturbed library; none if all was equal. */
  deviations: string[]
  /** The library with a deviation. */
  library: string
}

interface Reference {
  scenario: Scenario
  expected: string[]
  measured: Measured
}

/** Rounds of work that is killed at random moments and continued by the documented commands. */
export class Kills {
  readonly #folder: string
  readonly #references: Reference[]

  private constructor(folder: string, references: Reference[]) {
    this.#folder = folder
    this.#references = references
  }

  /** Does all work once without any disturbance. @param only part of the names of the scenarios to use */
  static async prepare(folder: string, only: string): Promise<Kills> {
    const references: Reference[] = []
    const scenarios = await makeScenarios(join(folder, 'templates'))
    for (const scenario of scenarios.filter(({ name }) => name.includes(only))) {
      const place = placeIn(join(folder, `undisturbed ${scenario.name}`))
      scenario.prepare(place)
      const begun = performance.now()
      const deviations = await wholeCommands(scenario.begin, place)
      const duration = performance.now() - begun
      if (!isFinished(place)) console.log(`The undisturbed ${scenario.name} needed a second command.`)
      deviations.push(...await toTheEnd(scenario, place, () => wholeCommands))
      if (deviations.length > 0) throw new Error(`The undisturbed ${scenario.name} failed: ${deviations.join('\n')}`)
      const epochs = readRuns(place.library).reduce((sum, { epochsDone }) => sum + epochsDone, 0)
      references.push({ scenario, expected: await outcomeOf(scenario, place), measured: { duration, epochs } })
    }
    if (references.length === 0) {
      throw new Error(`--only must be part of one of: ${scenarios.map(({ name }) => name).join(', ')}. Found ${only}.`)
    }
    return new Kills(folder, references)
  }

  /** One round. Its folder is deleted if nothing deviated. */
  async round(number: number, seed: number): Promise<Round> {
    const { scenario, expected, measured } = this.#references[number % this.#references.length]!
    const folder = join(this.#folder, `round ${number}`)
    const place = placeIn(folder)
    scenario.prepare(place)
    const deviations = await disturbed(scenario, place, chanceOf(seed * 100_003 + number), measured)
    if (deviations.length === 0) deviations.push(...differences(await outcomeOf(scenario, place), expected))
    if (deviations.length === 0) rmSync(folder, { recursive: true })
    return { number, seed, scenario: scenario.name, deviations, library: place.library }
  }
}

function placeIn(folder: string): Place {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return { folder, library: join(folder, 'library.chalcogen') }
}

function isFinished({ library }: Place): boolean {
  const runs = readRuns(library)
  return runs.length > 0 && runs.every(isComplete)
}

type Execute = (commands: readonly string[][], place: Place) => Promise<string[]>

/** Kills the first one to three sets of commands, then lets the rest end. @returns what deviated */
function disturbed(scenario: Scenario, place: Place, chance: Chance, measured: Measured): Promise<string[]> {
  const kills = 1 + chance.index(3)
  const killing: Execute = (commands) => killedCommands(commands, place, chance, measured)
  return toTheEnd(scenario, place, (step) => (step < kills ? killing : wholeCommands))
}

/** Starts or continues the work until it is finished. @param executeAt how to execute the commands of a step, counted from 0 */
async function toTheEnd(scenario: Scenario, place: Place, executeAt: (step: number) => Execute): Promise<string[]> {
  const { length: prepared } = readRuns(place.library)
  for (let step = 0; step < MOST_STEPS; step++) {
    if (isFinished(place)) return []
    const runs = readRuns(place.library)
    const isNew = runs.length === 0 || (step === 0 && prepared > 0)
    const deviations = await executeAt(step)(isNew ? scenario.begin : scenario.proceed(runs), place)
    if (deviations.length > 0) return deviations
  }
  return [`not finished after ${MOST_STEPS} commands`]
}

/** Sends a signal to one or all of the commands at random moments. */
async function killedCommands(
  commands: readonly string[][], place: Place, chance: Chance, measured: Measured,
): Promise<string[]> {
  const spared = commands.length > 1 && chance.number() < 0.5 ? chance.index(commands.length) : -1
  const plans = commands.map((command, index) => ({
    command, signal: index === spared ? null : chance.oneOf(SIGNALS), moment: momentOf(chance, measured),
  }))
  const ended = await Promise.all(plans.map(({ command, signal, moment }) => killed(command, place, signal, moment)))
  return ended.flat()
}

async function killed(command: string[], place: Place, signal: NodeJS.Signals | null, moment: Moment): Promise<string[]> {
  if (signal === null) return whole(command, place)
  const { child, ended } = start(command, place)
  const over = new AbortController()
  void ended.then(() => over.abort())
  await comes(moment, place.library, over.signal)
  child.kill(signal)
  const result = await inTime(ended, child)
  if (result === null) return [`${command.join(' ')} did not end after ${signal}`]
  const words = signal === 'SIGKILL' ? null : unwantedWords(result)
  return words === null ? [] : [`${command.join(' ')} said after ${signal}: ${words}`]
}

const wholeCommands = async (commands: readonly string[][], place: Place): Promise<string[]> =>
  (await Promise.all(commands.map((command) => whole(command, place)))).flat()

async function whole(command: string[], place: Place): Promise<string[]> {
  const { child, ended } = start(command, place)
  const result = await inTime(ended, child)
  if (result === null) return [`${command.join(' ')} did not end`]
  const words = unwantedWords(result)
  if (words !== null) return [`${command.join(' ')} said: ${words}`]
  return result.code === 0 ? [] : [`${command.join(' ')} ended with ${result.code}: ${result.err.trim().split('\n').slice(-3).join(' / ')}`]
}

/** The result of a command; null, and the command is killed, if it takes too long. */
async function inTime(ended: Promise<Ended>, child: { kill(signal: NodeJS.Signals): boolean }): Promise<Ended | null> {
  const patience = new AbortController()
  const late = setTimeout(PATIENCE_MS, null, { signal: patience.signal }).catch(() => null)
  const result = await Promise.race([ended, late])
  patience.abort()
  if (result === null) child.kill('SIGKILL')
  return result
}

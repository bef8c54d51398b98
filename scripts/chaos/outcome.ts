import { readRuns } from './library.ts'
import { inside, type Place } from './program.ts'
import type { Scenario } from './scenarios.ts'

/** The results of finished work, as lines that can be compared. Ids and times differ between libraries and are left out. */
export async function outcomeOf(scenario: Scenario, place: Place): Promise<string[]> {
  const runs = readRuns(place.library)
  const lines = runs.map((run) => JSON.stringify(run, withoutIds))
  const command = scenario.result(runs)
  if (command !== null) lines.push(...linesOf((await inside(command, place)).out))
  const { findings } = JSON.parse((await inside(['check'], place)).out) as { findings: unknown[] }
  return [...lines, ...findings.map((finding) => `check: ${JSON.stringify(finding)}`)]
}

const ownIds = new Set(['runId', 'sweepId', 'file', 'files'])
const withoutIds = (key: string, value: unknown) => (ownIds.has(key) ? undefined : value)

/** One line for each arm and each other part of a result. */
function linesOf(json: string): string[] {
  const document = JSON.parse(json, withoutIds) as Record<string, unknown>
  return Object.entries(document).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((part) => `${name}: ${JSON.stringify(part)}`))
}

/** The first lines that differ; none if the outcomes are equal. */
export function differences(found: readonly string[], expected: readonly string[]): string[] {
  const length = Math.max(found.length, expected.length)
  return Array.from({ length }, (_, line) => line).filter((line) => found[line] !== expected[line]).slice(0, 3)
    .map((line) => `expected ${expected[line] ?? 'nothing'}\n     found ${found[line] ?? 'nothing'}`)
}

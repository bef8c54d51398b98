// npm run bench:reads [PRESET…] [epochs=N] [seeds=N]
// Trains presets with exact and with summed READ noise in alternating turns and prints the factor of speed. Then compares the
// final losses of a small network with both. epochs=0 or seeds=0 leaves out a part.
import { readFileSync } from 'node:fs'
import { ensureKernels } from '../../scripts/kernels.ts'
import type { EpochEvent } from '../../src-engine/training/events.ts'
import { kernelsFor } from '../../src-engine/training/kernels-for.ts'
import { Trainer } from '../../src-engine/training/trainer.ts'
import { parseSpec } from '../../src-engine/experiment/parse.ts'
import { meanOf } from '../../src-engine/statistics/samples.ts'
import { lossesOf, ratioOf } from './summed-losses.ts'

const modes = ['exact', 'summed'] as const
const args = process.argv.slice(2)
const numberArg = (name: string, fallback: number) =>
  Number(args.find((arg) => arg.startsWith(`${name}=`))?.slice(name.length + 1) ?? fallback)
const named = args.filter((arg) => !arg.includes('='))
const presets = named.length > 0 ? named : ['sign', 'mixed-precision', 'multi-memristor', 'multi-memristor-8']
const [epochs, seeds] = [numberArg('epochs', 30), numberArg('seeds', 40)]
const module = new WebAssembly.Module(readFileSync(await ensureKernels()))

function trainerOf(preset: string, readNoise: string): Trainer {
  const file = new URL(`../../resources/presets/pattern-generation/${preset}.json`, import.meta.url)
  const { spec } = JSON.parse(readFileSync(file, 'utf8')) as { spec: { device: object } }
  const document = { ...spec, seed: 301, device: { ...spec.device, readNoise } }
  const parsed = parseSpec({ ...document, training: { epochs }, recording: { snapshotEvery: 0, snapshotEnd: false } }, preset)
  return new Trainer(parsed, kernelsFor(parsed, module))
}

/** Trains one epoch. Other programs disturb its processor time less than its duration. */
function epochOf(trainer: Trainer): { milliseconds: number; event: EpochEvent } {
  const begin = process.cpuUsage()
  for (;;) {
    const event = trainer.step().find((one) => one.kind === 'epoch')
    const { user, system } = process.cpuUsage(begin)
    if (event) return { milliseconds: (user + system) / 1000, event }
  }
}

const quantile = (values: number[], share: number) => values.toSorted((a, b) => a - b)[Math.round(share * (values.length - 1))]

function compareSpeed(preset: string): void {
  const trainers = modes.map((mode) => trainerOf(preset, mode))
  const times: number[][] = [[], []]
  let last: EpochEvent[] = []
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const turns = epoch % 2 === 0 ? [0, 1] : [1, 0]
    const results = turns.map((k) => ({ k, ...epochOf(trainers[k]!) }))
    // The first epochs compile the code.
    if (epoch > 3) for (const { k, milliseconds } of results) times[k]!.push(milliseconds / trainers[k]!.spec.task.patterns)
    last = [0, 1].map((k) => results.find((result) => result.k === k)!.event)
  }
  const ratios = times[0]!.map((time, k) => time / times[1]![k]!)
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => quantile(ratios, share)!.toFixed(2))
  console.log(`${preset}: ${middle} times as fast (quartiles ${low} to ${high} of ${ratios.length} paired epochs)`)
  modes.forEach((mode, k) => {
    const reads = last[k]!.ledger.read / (epochs * trainers[k]!.spec.task.patterns)
    console.log(`  ${mode}: ${quantile(times[k]!, 0.5)!.toFixed(2)} ms of processor time per sequence, ${(reads / 1e6).toFixed(2)} million READs`)
  })
}

function compareLosses(): void {
  const [exact, summed] = modes.map((mode) => Array.from({ length: seeds }, (_, k) => lossesOf(601 + k, mode, module).last))
  const { ratio, low, high, p } = ratioOf(summed!, exact!)
  console.log(`Final losses of a small mixed-precision network with ${seeds} seeds, summed / exact: ${ratio.toFixed(3)} `
    + `(95 % interval ${low.toFixed(3)} to ${high.toFixed(3)}), p = ${p.toFixed(2)} (paired sign-flip test)`)
  modes.forEach((mode, k) => console.log(`  ${mode}: mean ${meanOf([exact, summed][k]!).toFixed(4)}`))
}

if (epochs > 0) for (const preset of presets) compareSpeed(preset)
if (seeds > 0) compareLosses()

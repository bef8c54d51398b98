import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Spec } from '../../src-engine/experiment/spec.ts'
import type { Repetitions } from './cases.ts'
import type { BaselineForm, BenchScheme, Comparison } from './report.ts'
import { inRounds, ratioOf } from './rounds.ts'
import { timedInWorker } from './sequences.ts'
import { medianOf, spreadOf } from './spread.ts'
import type { Timed } from './timing.ts'

const run = promisify(execFile)

/** Fields of the C program's output that the bench uses. */
interface BaselineOutput {
  secondsPerSequence: number
  meanRateHz: number
}

/** The compiled C program. */
export interface Baseline {
  /** First line of `gcc --version`. */
  compiler: string
  /** Path of the executable. */
  program: string
}

/**
 * Compiles the C program into `dir`. Returns the reason as `missing` if the source or gcc is missing.
 * @throws Error with the compiler's message if the source does not compile
 */
export async function compileBaseline(source: string, dir: string): Promise<Baseline | { missing: string }> {
  if (!existsSync(source)) return { missing: `${source} does not exist` }
  const compiler = await compilerVersion()
  if (compiler === null) return { missing: 'gcc is not installed' }
  const program = path.join(dir, 'baseline')
  await run('gcc', ['-O3', '-std=c11', source, '-lm', '-o', program])
  return { compiler, program }
}

async function compilerVersion(): Promise<string | null> {
  try {
    const { stdout } = await run('gcc', ['--version'])
    return stdout.split('\n')[0]!
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/**
 * A spec as key=value arguments of the C program. The program supports only the `corrected` conventions and the benchmarked schemes.
 * @throws Error if the program does not support the scheme
 */
export function baselineArguments(spec: Spec, { warmup, timed }: Repetitions, form: BaselineForm): string[] {
  const { task, network, learning, device, seed } = spec
  return Object.entries({
    scheme: spec.scheme.kind, form, warmup, sequences: timed, seed,
    neurons: network.recurrentNeurons, inputs: task.inputChannels, steps: task.steps, patterns: task.patterns,
    inputRate: task.inputRate, threshold: network.threshold, weightGain: network.weightGain, feedbackGain: network.feedbackGain,
    tauRecurrent: network.tauRecurrent, tauOutput: network.tauOutput, surrogateHeight: network.surrogateHeight,
    rateInput: learning.rateInput, rateRecurrent: learning.rateRecurrent, rateOutput: learning.rateOutput,
    regularisation: learning.regularisation, targetRate: learning.targetRate,
    gradientClip: learning.gradientClip, weightClip: learning.weightClip,
    scale: device.scale, initialConductance: device.initialConductance, resetConductance: device.resetConductance,
    maxConductance: device.maxConductance, driftExponent: device.drift ? device.driftExponent : 0,
    ...schemeArguments(spec.scheme),
  }).map(([key, value]) => `${key}=${value}`)
}

function schemeArguments(scheme: Spec['scheme']): Record<string, number> {
  switch (scheme.kind) {
    case 'fp32': return {}
    case 'mixed-precision': {
      const { smallestJump, accumulatorStep, refresh } = scheme
      return { smallestJump, accumulatorStep, refreshAbove: refresh.above, refreshBelow: refresh.below }
    }
    case 'multi-memristor': {
      const { pairs, smallestJump, refresh } = scheme
      return { pairs, smallestJump, refreshAbove: refresh.above, refreshBelow: refresh.below }
    }
    default: throw new Error(`The C baseline has no scheme ${scheme.kind}. It has fp32, mixed-precision and multi-memristor.`)
  }
}

/** Compares the engine with each form of the C program. In every round, each trains from the start, one after the other. */
export async function compare(
  scheme: BenchScheme, spec: Spec, forms: BaselineForm[],
  setup: { baseline: Baseline; repeated: Repetitions; rounds: number; kernels: WebAssembly.Module },
): Promise<Comparison[]> {
  const { baseline, repeated, rounds, kernels } = setup
  const measured = await inRounds(rounds, {
    engine: () => timedInWorker(spec, repeated, kernels),
    ...Object.fromEntries(forms.map((form) => [form, () => runBaseline(baseline, baselineArguments(spec, repeated, form))])),
  }) as { engine: Timed[] } & Record<BaselineForm, BaselineOutput[]>
  const engineSeconds = measured.engine.map(({ seconds }) => medianOf(seconds))
  return forms.map((form) => {
    const baselineSeconds = measured[form].map(({ secondsPerSequence }) => secondsPerSequence)
    return {
      scheme,
      recurrentNeurons: spec.network.recurrentNeurons,
      form,
      engineSeconds: spreadOf(engineSeconds),
      baselineSeconds: spreadOf(baselineSeconds),
      ratio: ratioOf(engineSeconds, baselineSeconds),
      ratioOfQuickest: Math.min(...engineSeconds) / Math.min(...baselineSeconds),
      engineRateHz: measured.engine[0]!.meanRateHz,
      baselineRateHz: measured[form][0]!.meanRateHz,
    }
  })
}

async function runBaseline({ program }: Baseline, args: string[]): Promise<BaselineOutput> {
  const { stdout } = await run(program, args)
  return JSON.parse(stdout) as BaselineOutput
}

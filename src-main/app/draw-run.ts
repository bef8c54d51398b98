import type { RunDetail } from '../contract/run.ts'
import { type Library, requireReadable } from '../library/library.ts'
import type { PatternTrace } from '../transfer/figure.ts'

/** Draw the figure of a run from its stored data. */
export async function drawRun(library: Pick<Library, 'get' | 'array'>, runId: string): Promise<string> {
  const run = requireReadable(await library.get(runId))
  const [traces, { runFigure }] = await Promise.all([lastTraces(library, run), import('../transfer/figure.ts')])
  return runFigure(run, traces)
}

/** Readout and target of every pattern, from the last epoch that stored them. */
async function lastTraces(library: Pick<Library, 'array'>, { summary, arrays }: RunDetail): Promise<PatternTrace[]> {
  const outputs = arrays.filter(({ kind }) => kind === 'output')
  const epoch = Math.max(...outputs.map((output) => output.epoch))
  return Promise.all(outputs.filter((output) => output.epoch === epoch).map(async ({ name }) => {
    const output = await library.array(summary.runId, epoch, 'output', name)
    const target = await library.array(summary.runId, epoch, 'target', name)
    return { name, epoch, output: output.data, target: target.data }
  }))
}

import type { RunDetail } from '../contract/run.ts'
import { type Library, requireReadable } from '../library/library.ts'
import { type FigureOptions, writeFigure } from '../transfer/figure-file.ts'
import { sourceOf } from './figures.ts'
import { type PatternTrace, runFigure } from '../transfer/run-figure.ts'

/** Draw the figure of a run from its stored data, into a file whose ending says the format. @throws BadInput or FileError */
export async function drawRun(
  library: Pick<Library, 'get' | 'array'>, runId: string, file: string, options: Omit<FigureOptions, 'title' | 'source'>,
): Promise<void> {
  const run = requireReadable(await library.get(runId))
  const figure = runFigure(run, await lastTraces(library, run))
  await writeFigure(file, figure, { ...options, title: figure.heading, source: sourceOf([run.summary]) })
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

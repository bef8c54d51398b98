import type { RunOverview } from '../app/app.ts'
import { DONE } from './failure.ts'
import { describeRun, table } from './format.ts'
import type { Output } from './output.ts'
import { withLibrary } from './surroundings.ts'

export async function show(runId: string, flags: { library?: string }, output: Output): Promise<number> {
  await withLibrary(flags.library, output, async (app) => {
    await app.judgeOutcomes()
    if (output.json) return output.pieces(app.runAsJson(runId))
    const run = await app.overview(runId)
    output.result(run, describe(run))
  })
  return DONE
}

function describe({ summary, environment, arrays }: RunOverview): string {
  const { createdAt, startedAt, endedAt } = summary
  return [
    describeRun(summary),
    table([
      ['Created', createdAt],
      ['Started', startedAt ?? '–'],
      ['Ended', endedAt ?? '–'],
      ['Application', `${environment.application}, engine ${environment.engineDigest.slice(0, 12)}`],
      ['Machine', `${environment.cpu}, ${environment.os}`],
      ['Saved arrays', String(arrays.length)],
    ]),
  ].join('\n\n')
}

import type { StoredOverview } from '../app/app.ts'
import { DONE } from './failure.ts'
import { describeRun, table } from './format.ts'
import type { Output } from './output.ts'
import { withLibrary } from './surroundings.ts'

export async function show(runId: string, flags: { library?: string; samples?: boolean }, output: Output): Promise<number> {
  await withLibrary(flags.library, output, async (app) => {
    await app.judgeOutcomes()
    if (output.json) return output.pieces(app.runAsJson(runId, { samples: flags.samples === true }))
    const run = await app.overview(runId)
    output.result(run, describe(run))
  })
  return DONE
}

function describe(run: StoredOverview): string {
  const { summary, arrays } = run
  const { createdAt, startedAt, endedAt } = summary
  return [
    describeRun(summary),
    table([
      ['Created', createdAt],
      ['Started', startedAt ?? '–'],
      ['Ended', endedAt ?? '–'],
      ...('texts' in run ? [] : machineOf(run.environment)),
      ['Saved arrays', String(arrays.length)],
    ]),
    ...(summary.unreadable === undefined ? [] : [summary.unreadable]),
  ].join('\n\n')
}

const machineOf = ({ application, engineDigest, cpu, os }: Exclude<StoredOverview, { texts: unknown }>['environment']) => [
  ['Application', `${application}, engine ${engineDigest.slice(0, 12)}`],
  ['Machine', `${cpu}, ${os}`],
]

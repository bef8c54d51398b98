import fc from 'fast-check'
import { expect, it } from 'vitest'
import { withNamedEpochLoss, withNamedLoss } from '../../../src-engine/experiment/named-loss.ts'
import { specSchema } from '../../../src-engine/experiment/spec.ts'
import { withoutSamples } from '../../../src-main/transfer/run-json.ts'
import { epoch, run, runsToJson } from './support.ts'

interface Document {
  format: string
  version: number
  runs: { epochs: { loss: number | string }[] }[]
}

/** Runs as they are written: losses are there under their own names, too. */
const named = (runs: readonly ReturnType<typeof run>[]) => runs.map(({ summary, epochs, ...others }) => {
  const { spec, environment, arrays } = others
  const named = epochs.map((one) => withNamedEpochLoss(one, summary.task))
  return { summary: withNamedLoss(summary), spec, environment, epochs: named, arrays }
})

const read = (text: string) => JSON.parse(text) as Document

it('contains all data of each run', async () => {
  const runs = [run({ name: 'a' }), run({ name: 'b' }, [epoch(), epoch({ epoch: 2 })])]
  expect(read(await runsToJson(runs))).toEqual({ format: 'chalcogen-runs', version: 2, runs: named(runs) })
  const { epochs } = read(await runsToJson(runs)).runs[1]!
  expect(epochs[1]).toMatchObject({ loss: 0.5, mse: 0.5, patternLosses: [0.5], patternMse: [0.5] })
})

it('reads back every number exactly; numbers that JSON lacks are strings', async () => {
  const metric = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, -0))
  await fc.assert(fc.asyncProperty(metric, async (loss) => {
    const kept = read(await runsToJson([run({}, [epoch({ loss })])])).runs[0]!.epochs[0]!.loss
    expect(Number(kept)).toBe(loss)
    expect(typeof kept).toBe(Number.isFinite(loss) && !Object.is(loss, -0) ? 'number' : 'string')
  }))
})

it('is laid out as one document would be, with any number of epochs', async () => {
  for (const counts of [[], [0], [1], [2], [5], [3, 0, 4]]) {
    const runs = counts.map((count) => run({ name: 'a\n"b"' }, Array.from({ length: count }, (_, index) => epoch({ epoch: index + 1 }))))
    expect(await runsToJson(runs)).toBe(`${JSON.stringify({ format: 'chalcogen-runs', version: 2, runs: named(runs) }, null, 2)}\n`)
  }
})

it('can leave out the samples of a signal, and says how many there are', () => {
  const { summary, environment, arrays } = run()
  const spec = specSchema.parse({ task: { kind: 'signal', file: 'a.csv', column: 'x', samples: [1, 2, 3] } })
  const shown = withoutSamples({ summary, environment, arrays, spec })
  expect(shown).toMatchObject({ spec: { task: { file: 'a.csv', column: 'x', samples: '3 numbers. Show them with --samples' } } })
  // It must not be taken for a spec whose file is read again.
  expect(specSchema.safeParse('spec' in shown && shown.spec).success).toBe(false)
  const other = run()
  expect(withoutSamples(other)).toEqual(other)
})

import { describe, expect, it, vi } from 'vitest'
import type { Spec } from '../../../src-engine/experiment/spec.ts'
import { type SweepInput, sweepSchema } from '../../../src-engine/experiment/sweep.ts'
import { expandSweep } from '../../../src-engine/sweep/expand-sweep.ts'
import { startOrResumeSweep } from '../../../src-main/app/start-or-resume-sweep.ts'
import type { RunSummary } from '../../../src-main/contract/run.ts'

const document: SweepInput = {
  spec: { scheme: { kind: 'sign' } }, axes: [{ kind: 'list', path: 'learning.rateOutput', values: [1, 2] }], seeds: [1, 2],
}

/** Takes up a sweep that is already saved. @param change of a saved run: its spec or its engine */
async function takenUp(change: (spec: Spec) => Spec, engine = 'this', left = 4): Promise<string> {
  const planned = expandSweep(document)
  if (!planned.ok) throw new Error('the document is wrong')
  const outlines = planned.runs.slice(0, left).map(({ arm, seed, spec }, index) => ({
    summary: { runId: String(index), seed, sweep: { sweepId: 'saved', arm } } as RunSummary, spec: change(spec), engineDigest: engine,
  }))
  const sweeps = {
    list: async () => [{ sweepId: 'saved', name: '', createdAt: '', document: sweepSchema.parse(document), arms: [] }],
    resume: async () => {},
    start: async () => 'new',
  }
  const library = {
    list: async () => outlines.map(({ summary }) => summary),
    outlines: async (runIds: string[]) => runIds.map((runId) => outlines[Number(runId)]!),
  }
  return startOrResumeSweep({ library, sweeps, runs: { adopt: vi.fn(async () => []) }, engineDigest: 'this' }, document)
}

describe('a saved sweep with the same document', () => {
  it('continues', async () => {
    expect(await takenUp((spec) => spec)).toBe('saved')
  })

  it('continues if only the name of its runs would differ now', async () => {
    expect(await takenUp((spec) => ({ ...spec, name: 'an older label', preset: 'an older preset' }))).toBe('saved')
  })

  it('starts again if another engine computed it', async () => {
    expect(await takenUp((spec) => spec, 'another')).toBe('new')
  })

  it('starts again if its document gives other experiments now, such as by another default', async () => {
    expect(await takenUp((spec) => ({ ...spec, network: { ...spec.network, feedbackGain: 2.5 } }))).toBe('new')
  })

  it('starts again if a run is gone', async () => {
    expect(await takenUp((spec) => spec, 'this', 3)).toBe('new')
  })
})

import { expect, it } from 'vitest'
import { baseEpoch } from '../../../../../../src-renderer/views/run/snapshots/base.ts'

const snapshots = [1, 50, 100]
const info = { kind: 'weight', name: 'input', shape: [1, 1], codec: 'f32' as const, bytes: 4, storedBytes: 4, sha256: '' }
const other = { arrays: [1, 40, 90, 200].map((epoch) => ({ ...info, epoch })) }

it('subtracts the previous, the first or a pinned snapshot', () => {
  expect(snapshots.map((shown) => baseEpoch({ kind: 'previous' }, shown, snapshots, null))).toEqual([null, 1, 50])
  expect(baseEpoch({ kind: 'first' }, 100, snapshots, null)).toBe(1)
  expect(baseEpoch({ kind: 'epoch', epoch: 50 }, 100, snapshots, null)).toBe(50)
})

it('follows the slider in another run', () => {
  const base = { kind: 'run', runId: 'x' } as const
  expect(snapshots.map((shown) => baseEpoch(base, shown, snapshots, other))).toEqual([1, 40, 90])
  expect(baseEpoch(base, 100, snapshots, null)).toBeNull()
})

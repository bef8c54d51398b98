import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { memoryEstimate } from '../../../src-engine/experiment/estimate.ts'
import { specSchema } from '../../../src-engine/experiment/spec.ts'
import { memoryShortage } from '../../../src-main/runs/budget.ts'
import { memoryRoom, type MemorySource } from '../../../src-main/runs/memory-room.ts'

const GB = 1e9
const limits = (addressSpace: string, data: string) => `Limit                     Soft Limit           Hard Limit           Units     
Max cpu time              unlimited            unlimited            seconds   
Max data size             ${data}            unlimited            bytes     
Max address space         ${addressSpace}            unlimited            bytes     
`
const status = 'Name:\tnode\nVmSize:\t 1000000 kB\nVmData:\t  500000 kB\n'
const source = ({ total = 16 * GB, group = 0, proc = {} }: {
  total?: number; group?: number | undefined; proc?: Record<string, string>
}): MemorySource => ({ total: () => total, constrained: () => group, proc: (name) => proc[name] ?? null })

describe('fault 59: the memory that runs may have', () => {
  it.for([
    ['the machine has', { total: 8 * GB }, 8 * GB - 240e6, 'the memory of this machine'],
    ['the control group may have', { group: 2 * GB }, 2 * GB - 240e6, 'cgroup'],
    ['the machine has, if the control group has no limit', { group: 9e18 }, 16 * GB - 240e6, 'the memory of this machine'],
    ['the machine has, if no control group is known', { group: undefined }, 16 * GB - 240e6, 'the memory of this machine'],
    ['the control group may have, if ulimit -v leaves more', { group: 2 * GB, proc: { limits: limits('9000000000', 'unlimited'), status } }, 2 * GB - 240e6, 'cgroup'],
    ['ulimit -v leaves', { proc: { limits: limits('3000000000', 'unlimited'), status } }, 3 * GB - 1_024_000_000 - 650e6, 'ulimit -v'],
    ['ulimit -d leaves', { proc: { limits: limits('unlimited', '2000000000'), status } }, 2 * GB - 512_000_000 - 650e6, 'ulimit -d'],
    ['nothing, not less', { group: 1000 }, 0, 'cgroup'],
    ['the machine has, if no ulimit is set', { proc: { limits: limits('unlimited', 'unlimited'), status } }, 16 * GB - 240e6, 'this machine'],
  ] as const)('is what %s', ([, given, bytes, limit]) => {
    expect(memoryRoom(1, source(given))).toEqual({ bytes, limit: expect.stringContaining(limit) })
  })

  it('of this process is at most what the machine has', () => {
    expect(memoryRoom(1).bytes).toBeGreaterThan(0)
    expect(memoryRoom(2).bytes).toBeLessThan(memoryRoom(1).bytes)
  })
})

const small = specSchema.parse({})
const large = specSchema.parse({ network: { recurrentNeurons: 1000 } })
const one = memoryEstimate(large)
const of = (count: number, spec = large) => Array.from({ length: count }, () => spec)
const room = (bytes: number) => () => ({ bytes, limit: 'the limit of a test' })

test('fault 59: a run that does not fit is refused with the estimate and the limit', () => {
  expect(memoryShortage(of(1), [], 4, room(one))).toBeNull()
  expect(memoryShortage(of(1), [], 4, room(one - 1)))
    .toMatch(/the run needs .*B of memory, but .*B are left for runs by the limit of a test\. Use a smaller/)
})

test('fault 59: a sweep needs what its runs need that run at the same time, and as many are named as would fit', () => {
  expect(memoryShortage(of(100), [], 3, room(3 * one))).toBeNull()
  expect(memoryShortage(of(100), [], 3, room(3 * one - 1)))
    .toMatch(/3 runs at the same time need .* At most 2 parallel runs would fit/)
  expect(memoryShortage(of(1), of(1), 2, room(2 * one - 1))).toMatch(/2 runs at the same time/)
})

test('fault 59: a run that is smaller than those that wait already is not refused because of them', () => {
  expect(memoryShortage(of(1, small), of(2), 2, room(1))).toBeNull()
})

test('fault 59: more room never refuses what less room admits, and fewer workers never need more', () => {
  const specs = fc.array(fc.constantFrom(small, large), { minLength: 1, maxLength: 6 })
  const workersAndTimes = fc.tuple(fc.integer({ min: 2, max: 8 }), fc.double({ min: 0, max: 8, noNaN: true }))
  fc.assert(fc.property(specs, workersAndTimes, (runs, [workers, times]) => {
    const isRefused = (count: number, bytes: number) => memoryShortage(runs, [], count, room(bytes)) !== null
    if (isRefused(workers, times * one)) return
    expect(isRefused(workers, times * one + 1)).toBe(false)
    expect(isRefused(workers - 1, times * one)).toBe(false)
  }), { numRuns: 100 })
})

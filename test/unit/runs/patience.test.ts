import { describe, expect, it, vi } from 'vitest'
import { LibraryError } from '../../../src-main/library/library.ts'
import { Patience, RetryTurns } from '../../../src-main/runs/patience.ts'

const locked = (by = 'another program') => new LibraryError('locked', `locked by ${by}`)

/** A library that is locked until `free` is called. */
function lockable() {
  let isLocked = true
  let attempts = 0
  const call = async () => {
    attempts++
    await new Promise(setImmediate)
    if (isLocked) throw locked()
    return 'saved'
  }
  return { call, free: () => { isLocked = false }, attempts: () => attempts }
}

describe('a call to the library', () => {
  it('is repeated while the library is locked, and says once why and once that it has resumed', async () => {
    const failures = [locked(), locked(), locked('chalcogen'), locked('chalcogen')]
    const waits: (string | null)[] = []
    const patience = new Patience(new RetryTurns(1), (reason) => waits.push(reason))
    await expect(patience.until(async () => {
      const failure = failures.shift()
      if (failure) throw failure
      return 'read'
    })).resolves.toBe('read')
    expect(waits).toEqual(['locked by another program', 'locked by chalcogen', null])
  })

  it('fails at once with an error that does not pass', async () => {
    const call = vi.fn(async () => { throw new LibraryError('damaged', 'damaged') })
    await expect(new Patience(new RetryTurns(1)).until(call)).rejects.toMatchObject({ code: 'damaged' })
    expect(call).toHaveBeenCalledTimes(1)
  })

  it('that waits is given up at once, and so are later ones, though an attempt takes long', async () => {
    let attempts = 0
    const patience = new Patience(new RetryTurns(1))
    const call = () => (++attempts === 1 ? Promise.reject(locked()) : new Promise<void>(() => {}))
    const waiting = patience.until(call)
    waiting.catch(() => {})
    await vi.waitUntil(() => attempts === 2)
    patience.giveUp()
    await expect(waiting).rejects.toMatchObject({ code: 'locked' })
    await expect(patience.until(call)).rejects.toMatchObject({ code: 'locked' })
    expect(attempts).toBe(2)
  })

  it('is still attempted once after it was given up, if none had to wait', async () => {
    const patience = new Patience(new RetryTurns(1))
    patience.giveUp()
    await expect(patience.until(async () => 'saved')).resolves.toBe('saved')
    await expect(patience.until(() => Promise.reject(locked()))).rejects.toMatchObject({ code: 'locked' })
    // The library is known to be locked now.
    await expect(patience.until(async () => 'saved')).rejects.toMatchObject({ code: 'locked' })
  })
})

describe('many calls that wait', () => {
  it('try one after another, and go on without a pause as soon as one has succeeded', async () => {
    const { call, free, attempts } = lockable()
    const turns = new RetryTurns(20)
    const CALLS = 200
    const calls = Array.from({ length: CALLS }, () => new Patience(turns).until(call))
    // All first attempts were at the same time; from now on it is one at a time.
    await vi.waitUntil(() => attempts() > CALLS + 1)
    expect(attempts()).toBeLessThan(CALLS + 20)
    free()
    const began = performance.now()
    await Promise.all(calls)
    expect(performance.now() - began).toBeLessThan(20 * CALLS / 2)
    expect(turns.isBlocked).toBe(false)
  })

  it('do not hold up each other when one is given up', async () => {
    const { call, free } = lockable()
    const turns = new RetryTurns(1)
    const [first, second] = [new Patience(turns), new Patience(turns)]
    const calls = [first.until(call), second.until(call)]
    calls[0]!.catch(() => {})
    await vi.waitUntil(() => turns.isBlocked)
    first.giveUp()
    free()
    await expect(calls[0]).rejects.toMatchObject({ code: 'locked' })
    await expect(calls[1]).resolves.toBe('saved')
  })
})

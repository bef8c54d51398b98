import { expect, it, vi } from 'vitest'
import { ArrayCache } from '../../../../src-renderer/stores/array-cache.ts'

const of = (bytes: number) => ({ bytes })

it('reads what it does not have, and forgets what was not used for longest', async () => {
  const cache = new ArrayCache<{ bytes: number }, string>(10)
  const read = vi.fn(async ({ bytes }: { bytes: number }) => `${bytes} bytes`)
  for (const [key, bytes] of [['a', 4], ['b', 4], ['a', 4], ['c', 4]] as const) expect(await cache.get(key, of(bytes), read)).toBe('4 bytes')
  expect(read).toHaveBeenCalledTimes(3)
  await cache.get('a', of(4), read)
  expect(read).toHaveBeenCalledTimes(3)
  await cache.get('b', of(4), read)
  expect(read).toHaveBeenCalledTimes(4)
})

it('does not keep a failure', async () => {
  const cache = new ArrayCache<{ bytes: number }, string>()
  await expect(cache.get('a', of(1), () => Promise.reject(new Error('locked')))).rejects.toThrow('locked')
  expect(await cache.get('a', of(1), async () => 'read')).toBe('read')
})

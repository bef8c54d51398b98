import { afterEach, expect, it, vi } from 'vitest'
import { forget, inOwnFrame } from '../../../../src-renderer/charts/frame-queue.ts'

const frames: (() => void)[] = []
vi.stubGlobal('requestAnimationFrame', (act: () => void) => frames.push(act))
const nextFrame = () => frames.splice(0).forEach((act) => act())
afterEach(() => { while (frames.length > 0) nextFrame() })

it('acts every second frame, in the order asked, each but once', () => {
  const done: string[] = []
  const [first, second, third] = ['first', 'second', 'third'].map((name) => () => { done.push(name) })
  for (const act of [first, second, first, third]) inOwnFrame(act)
  expect(done).toEqual([])
  nextFrame()
  nextFrame()
  expect(done).toEqual(['first'])
  nextFrame()
  nextFrame()
  expect(done).toEqual(['first', 'second'])
  nextFrame()
  expect(done).toEqual(['first', 'second', 'third'])
  nextFrame()
  expect(frames).toEqual([])
  inOwnFrame(first)
  nextFrame()
  expect(done.at(-1)).toBe('first')
})

it('does not do what was forgotten, and goes on', () => {
  const [kept, forgotten] = [vi.fn(), vi.fn()]
  inOwnFrame(forgotten)
  forget(forgotten)
  nextFrame()
  inOwnFrame(kept)
  nextFrame()
  expect(forgotten).not.toHaveBeenCalled()
  expect(kept).toHaveBeenCalledTimes(1)
})

import { afterEach, expect, it, vi } from 'vitest'
import { cancelFrame, requestFrame } from '../../../../src-renderer/charts/frame-queue.ts'

const frames: (() => void)[] = []
vi.stubGlobal('requestAnimationFrame', (act: () => void) => frames.push(act))
const nextFrame = () => frames.splice(0).forEach((act) => act())
afterEach(() => { while (frames.length > 0) nextFrame() })

it('calls each request once, in order, in every second frame', () => {
  const done: string[] = []
  const [first, second, third] = ['first', 'second', 'third'].map((name) => () => { done.push(name) })
  for (const act of [first, second, first, third]) requestFrame(act!)
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
  requestFrame(first!)
  nextFrame()
  expect(done.at(-1)).toBe('first')
})

it('skips a cancelled request and continues', () => {
  const [kept, cancelled] = [vi.fn(), vi.fn()]
  requestFrame(cancelled)
  cancelFrame(cancelled)
  nextFrame()
  requestFrame(kept)
  nextFrame()
  expect(cancelled).not.toHaveBeenCalled()
  expect(kept).toHaveBeenCalledTimes(1)
})

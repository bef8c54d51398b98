import { expect, it } from 'vitest'
import { inSlices } from '../../../src-main/app/in-slices.ts'

function* busy(steps: number, msPerStep: number): Generator<void, string> {
  for (let step = 0; step < steps; step++) {
    const until = performance.now() + msPerStep
    while (performance.now() < until);
    yield
  }
  return 'done'
}

it('serves events between slices, and gives the result', async () => {
  let events = 0
  const timer = setInterval(() => { events++ }, 1)
  expect(await inSlices(busy(40, 2))).toBe('done')
  clearInterval(timer)
  expect(events).toBeGreaterThanOrEqual(4)
})

it('fails as its steps fail', async () => {
  await expect(inSlices(function* () { yield; throw new Error('broken') }())).rejects.toThrow('broken')
})

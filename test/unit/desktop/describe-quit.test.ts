import { expect, test } from 'vitest'
import { describeQuit } from '../../../src-main/desktop/describe-quit.ts'

test.each([
  [{ running: 1, queued: 0 }, 'Quit while 1 run is running?', 'The running run saves a checkpoint and is interrupted. You can resume it from there at the next start.'],
  [
    { running: 2, queued: 5 }, 'Quit while 2 runs are running and 5 are queued?',
    'The running runs save a checkpoint and are interrupted. You can resume them from there at the next start. The queued runs stay in the queue and start with the application.',
  ],
  [{ running: 0, queued: 1 }, 'Quit while 1 run is queued?', 'The queued run stays in the queue and starts with the application.'],
])('says what will become of the runs: %o', (activity, message, detail) => {
  expect(describeQuit(activity)).toEqual({ message, detail })
})

test('asks nothing while no run is active', () => {
  expect(describeQuit({ running: 0, queued: 0 })).toBeNull()
})

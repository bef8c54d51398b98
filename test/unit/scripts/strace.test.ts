import { expect, test } from 'vitest'
import { changingCalls } from '../../../scripts/inject/strace.ts'

test('calls on files of the given folders are counted in each thread, and each can be killed at', () => {
  const log = `
100 write(5<pipe:[1]>, ""..., 1) = 1
100 write(7</data/library.draft>, ""..., 9 <unfinished ...>
101 fsync(8</data/library>)  = 0
100 <... write resumed>)              = 9
101 fsync(9</elsewhere/x>)  = 0
102 fsync(8</data/library>)  = 0
100 rename("/data/library.draft", "/data/library") = 0
100 mkdir("/other", 0777) = 0
`
  expect(changingCalls(log, ['/data/', '/elsewhere/'])).toEqual({
    calls: 5, points: [{ call: 'write', nth: 2 }, { call: 'fsync', nth: 1 }, { call: 'fsync', nth: 2 }, { call: 'rename', nth: 1 }],
  })
})

import { expect, it } from 'vitest'
import { BadInput } from '../../../../src-main/contract/problem.ts'
import { type Caps, defaultCaps } from '../../../../src-main/transfer/archive/caps.ts'
import { planArchive } from '../../../../src-main/transfer/archive/pack.ts'
import { memoryLibrary, run } from './support.ts'

it.for<[keyof Caps, number, RegExp]>([
  ['entries', 4, /5 entries; allowed: at most 4/],
  ['entryBytes', 15, /bytes, unpacked; allowed: at most 15/],
  ['jsonBytes', 99, /\.json: found \d+ bytes, unpacked; allowed: at most 99/],
  ['jsonValues', 9, /run\.json: found JSON of \d+ values; allowed: at most 9/],
  ['runBytes', 999, /a run of \d+ bytes, 0run0000a; allowed: at most 999/],
  ['totalBytes', 2000, /bytes or more, unpacked; allowed: at most 2000/],
])('what the reader would refuse is not written: %s', async ([cap, most, words]) => {
  const runIds = ['0run0000a', '0run0000b']
  const plan = planArchive(memoryLibrary(runIds.map((runId) => run({ runId }))), runIds, 'a.zip', { ...defaultCaps, [cap]: most })
  await expect(plan).rejects.toThrow(words)
  await expect(plan).rejects.toThrow(BadInput)
})

import { expect, it } from 'vitest'
import { BadInput } from '../../../../src-main/contract/problem.ts'
import { type Caps, defaultCaps } from '../../../../src-main/transfer/archive/caps.ts'
import { planArchive } from '../../../../src-main/transfer/archive/pack.ts'
import { memoryLibrary, run } from './support.ts'

it.for<[keyof Caps, number, RegExp]>([
  ['entries', 4, /at most 4 entries\. Found 5 entries/],
  ['entryBytes', 15, /at most 15 bytes when unpacked\. Found \d+ bytes/],
  ['jsonBytes', 99, /\.json must have at most 99 bytes when unpacked\. Found \d+ bytes/],
  ['jsonValues', 9, /run\.json must have at most 9 values\. Found \d+ values/],
  ['runBytes', 999, /at most 999 bytes per run\. Found \d+ bytes in run 0run0000a/],
  ['totalBytes', 2000, /at most 2000 bytes when unpacked\. Found \d+ bytes or more/],
])('refuses to write what the reader would refuse: %s', async ([cap, most, words]) => {
  const runIds = ['0run0000a', '0run0000b']
  const plan = planArchive(memoryLibrary(runIds.map((runId) => run({ runId }))), runIds, 'a.zip', { ...defaultCaps, [cap]: most })
  await expect(plan).rejects.toThrow(words)
  await expect(plan).rejects.toThrow(BadInput)
})

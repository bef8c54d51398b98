import { describe, expect, it } from 'vitest'
import { checkFigure } from '../../src-engine/charts/figure-document.ts'
import { checkSpec } from '../../src-engine/experiment/parse.ts'
import { checkStudy } from '../../src-engine/study/check-study.ts'
import { expandSweep } from '../../src-engine/sweep/expand-sweep.ts'
import { BadInput } from '../../src-main/contract/problem.ts'
import { readTexts } from '../../src-main/library/stored-texts.ts'
import { readArchive } from '../../src-main/transfer/archive/archive.ts'
import { emptyTexts, heavyArchive, heavyManifest, heavyPlaces, unknownNames } from '../fixtures/hostile/heavy.ts'
import { temporaryFile } from '../unit/transfer/archive/support.ts'

/** Far more than any of these takes on a loaded machine, and far less than they took: up to minutes. */
const LONGEST_MS = 20_000

async function quickly<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  const started = performance.now()
  const result = await work()
  expect(performance.now() - started).toBeLessThan(LONGEST_MS)
  return result
}

/** What 20 problems need at most. */
const MOST_BYTES = 20_000

const heavyDocuments: [what: string, document: () => unknown][] = [
  ['300,000 unknown names', () => unknownNames(300_000)],
  ['1500 unknown names', () => unknownNames(1500)],
  ['unknown names in a group', () => ({ training: unknownNames(300_000) })],
  ['texts in the place of samples', () => ({ task: { kind: 'signal', file: 'x.csv', samples: JSON.parse(emptyTexts(2_000_000)) as unknown } })],
  ['infinite samples', () => ({ task: { kind: 'signal', file: 'x.csv', samples: Array.from({ length: 500_000 }, () => Infinity) } })],
  ['texts in the place of frequencies', () => ({ task: { kind: 'sinusoids', frequencies: JSON.parse(emptyTexts(1000)) as unknown } })],
  ['lists of lists', () => ({ task: { frequencies: Array.from({ length: 1000 }, () => Array.from({ length: 1000 }, () => [])) } })],
  ['20,000 levels', () => JSON.parse('['.repeat(20_000) + ']'.repeat(20_000)) as unknown],
]

describe('a heavy document is refused quickly, with at most 20 problems', () => {
  it.for(heavyDocuments)('%s', async ([, document]) => {
    const heavy = document()
    for (const check of [checkSpec, expandSweep, checkStudy, checkFigure]) {
      const checked = await quickly(() => check(heavy))
      if (checked.ok) throw new Error('was not refused')
      expect(checked.problems.length).toBeLessThanOrEqual(20)
      expect(JSON.stringify(checked.problems).length).toBeLessThan(MOST_BYTES)
    }
  })

  it('also as the spec of a stored run', async () => {
    const texts = { spec: `{"task":{"frequencies":${emptyTexts(2_000_000)}}}`, environment: '{}' }
    const read = await quickly(() => readTexts('0run00001', texts))
    expect(read).toMatchObject({ unreadable: expect.stringMatching(/must have at most/) })
  })
})

describe('a heavy archive is refused quickly', () => {
  const refusalOf = (zip: Buffer) => quickly(async () => {
    const reading = async () => { for await (const run of readArchive(temporaryFile(zip))) return run }
    return reading().then((run) => (run && 'texts' in run ? new BadInput(run.summary.unreadable!, []) : undefined), (error: unknown) => error)
  })

  it.for([...heavyPlaces.map((place) => [place, 100_000] as const), ['arrays', 1_100_000] as const])('%s with %d texts', async ([place, count]) => {
    const error = await refusalOf(heavyArchive(place, count))
    expect(error).toBeInstanceOf(BadInput)
    expect((error as BadInput).message.length).toBeLessThan(MOST_BYTES)
  })

  it.for(['runs', 'entries'] as const)('a manifest with texts as its %s', async (place) => {
    const error = await refusalOf(heavyManifest(place, 100_000))
    expect((error as BadInput).message).toMatch(/manifest[.]json must have at most \d+ bytes/)
    const small = await refusalOf(heavyManifest(place, 500))
    expect((small as BadInput).message).toMatch(/must have at most \d+ values/)
  })
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { queryNames } from '../../../src-engine/query/names.ts'
import { openConnection } from '../../../src-main/library/connection.ts'
import { rightQueries, wrongQueries } from '../../fixtures/queries.ts'
import { fillQueryLibrary, knownRuns } from '../../fixtures/query-library.ts'
import { inProcess } from './program.ts'

vi.setConfig({ testTimeout: 60_000 })

const folder = mkdtempSync(join(tmpdir(), 'chalcogen-test-'))
const chalcogen = (...args: string[]) => inProcess(args, folder, join(folder, 'library.chalcogen'))

async function answer<Document>(...args: string[]): Promise<Document> {
  const { code, out, err } = await chalcogen(...args, '--json')
  expect(code, err).toBe(0)
  return JSON.parse(out) as Document
}

beforeAll(() => {
  const { db, close } = openConnection(join(folder, 'library.chalcogen'))
  fillQueryLibrary(db)
  close()
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('list --where', () => {
  it('finds what every query says', async () => {
    for (const [query, finds] of rightQueries.filter(([query]) => query !== '')) {
      const runs = await answer<{ runId: string }[]>('list', '--where', query)
      expect(runs.map(({ runId }) => runId), query).toEqual(knownRuns.filter(finds).map(({ runId }) => runId).reverse())
    }
  })

  it.each(wrongQueries)('refuses %s, and marks the place', async (query, marked, message) => {
    const { code, out, err } = await chalcogen('list', '--where', query)
    const empty = query.replaceAll('"', '').trim() === ''
    expect([code, out]).toEqual([2, ''])
    const [heading, shown, marks, text] = err.trimEnd().split('\n')
    if (empty) return expect(err).toMatch(/^--where is empty/)
    expect([shown, text]).toEqual([`  ${query}`, message])
    const at = marks!.indexOf('^')
    expect(heading).toBe(`--where has an error at character ${at - 1}:`)
    expect(shown!.slice(at, at + marked.length)).toBe(marked)
  })
})

interface Groups {
  total: number
  groups: { scheme: string; n: number; columns: { loss: { n: number; mean: number; sd: number } } }[]
}

describe('list', () => {
  it('groups runs with n, mean and SD', async () => {
    const where = 'seed < 8 and epochsDone > 0 and loss < 1'
    const { total, groups } = await answer<Groups>('list', '--where', where, '--group-by', 'scheme', '--columns', 'loss,name', '--sort', '-loss')
    const runs = knownRuns.filter(({ listed, loss }) => listed.seed < 8 && loss !== null && loss < 1)
    expect(total).toBe(runs.length)
    const means = groups.map(({ scheme, n, columns: { loss } }) => {
      const losses = runs.filter(({ listed }) => listed.scheme === scheme).map(({ loss }) => loss!)
      const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length
      const sd = Math.sqrt(losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / (losses.length - 1))
      expect([n, loss.n]).toEqual([losses.length, losses.length])
      expect(loss.mean).toBeCloseTo(mean, 12)
      expect(loss.sd).toBeCloseTo(sd, 12)
      return mean
    })
    expect(means).toEqual(means.toSorted((a, b) => b - a))
    const { out } = await chalcogen('list', '--where', where, '--group-by', 'scheme', '--columns', 'loss,name,seed')
    expect(out.split('\n')[0]).toMatch(/^scheme +n +loss, mean ± SD +name +seed$/)
    expect(out).toMatch(/^fp32 +\d+ +0\.0\d+ ± 0\.0\d+ +\d different +\d different$/m)
  })

  it('shows columns in an order, with missing values last', async () => {
    const { out, code } = await chalcogen('list', '--where', 'seed = 5', '--columns', 'name,duration,device.scale,tag', '--sort', '-duration')
    const rows = out.trimEnd().split('\n').slice(1)
    const ofSeed = knownRuns.filter(({ listed }) => listed.seed === 5)
    const expected = ofSeed.toSorted((a, b) => (b.duration ?? -1) - (a.duration ?? -1))
    expect(code).toBe(0)
    expect(out).toMatch(/^run +name +duration \(s\) +device.scale \(µS\) +tag$/m)
    expect(rows.map((row) => row.split(' ')[0])).toEqual(expected.map(({ runId }) => runId))
  })

  it('lists every name, and says which was meant', async () => {
    expect(await answer<{ name: string }[]>('list', '--names')).toHaveLength(queryNames().length)
    expect(await chalcogen('list', '--columns', 'name,rateInput')).toMatchObject({
      code: 2, err: '--columns names rateInput, which does not exist. Did you mean learning.rateInput?\n',
    })
  })
})

describe('annotate', () => {
  it('names, tags, stars and describes runs, and leaves their specs as they are', async () => {
    const [first] = knownRuns.filter(({ annotation }) => annotation.tags.length === 0)
    const { runId, spec } = first!
    writeFileSync(join(folder, 'note.md'), '# Result\nBest of *all*.\n')
    await answer('annotate', runId, '--tag', 'figure 3', '--tag', 'Figure 3', '--tag', 'final', '--star', '--name', 'The one', '--note-file', 'note.md')
    const shown = await answer<{ summary: { name: string; annotation: object }; spec: { name: string } }>('show', runId)
    expect(shown.summary.name).toBe('The one')
    expect(shown.summary.annotation).toEqual({ name: 'The one', tags: ['figure 3', 'final'], note: '# Result\nBest of *all*.\n', starred: true })
    expect(shown.spec.name).toBe(spec!.name)
    await answer('annotate', '--where', 'tag:"FIGURE 3" and starred', '--untag', 'FINAL', '--unstar', '--name', '', '--note', '')
    expect((await answer<{ summary: object }>('show', runId)).summary).toMatchObject({ name: spec!.name, annotation: { name: null, tags: ['figure 3'], note: '', starred: false } })
    await answer('annotate', runId, '--untag', 'figure 3')
    expect((await answer<{ summary: object }>('show', runId)).summary).not.toHaveProperty('annotation')
  })

  it.each<[string[], string]>([
    [['--tag', 'a'], 'The command needs runs. Type their ids, or choose them with --where QUERY.'],
    [['0query000001'], 'The command needs a change: --tag, --untag, --note, --note-file, --star, --unstar or --name.'],
    [['0query000001', '--star', '--unstar'], '--star cannot be combined with --unstar.'],
    [['0query000001', '--note', 'a', '--note-file', 'b'], '--note cannot be combined with --note-file.'],
    [['0query000001', '--tag', ' '], 'The annotation cannot be used:\n  addTags.0 must be a text. Found " ".'],
    [['0none0000000', '--star'], 'The library has no run 0none0000000.\nList runs with: chalcogen list'],
  ])('refuses %j', async (args, message) => {
    expect(await chalcogen('annotate', ...args)).toEqual({ code: 2, out: '', err: `${message}\n` })
  })
})

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { StudyInput } from '../../../src-engine/study/study.ts'
import type { App } from '../../../src-main/app/app.ts'
import { openApp } from '../../fixtures/application.ts'
import { smallStudy } from '../../fixtures/small-study.ts'

let dir: string
beforeEach(() => { dir = mkdtempSync(path.join(os.tmpdir(), 'chalcogen-')) })
afterEach(() => rmSync(dir, { recursive: true }))

/** One search and one tournament. */
const brief: StudyInput = {
  ...smallStudy, devices: [smallStudy.devices![0]!], sections: [smallStudy.sections[0]!], claims: [],
  search: { ...smallStudy.search!, restarts: 1, batches: 1, trials: 2 },
}

const library = () => path.join(dir, 'library.chalcogen')
function keepOwn(name: string, document: object): void {
  mkdirSync(path.join(dir, 'studies'), { recursive: true })
  writeFileSync(path.join(dir, 'studies', name), JSON.stringify(document))
}
const noticesOf = (app: App) => {
  const notices: string[] = []
  app.events.on('library.notice', ({ message }) => { notices.push(message) })
  return notices
}

test('a study that the window starts goes on to its end, its second start joins it, and its report can be saved', { timeout: 120_000 }, async () => {
  keepOwn('brief.json', brief)
  const app = await openApp(library())
  const notices = noticesOf(app)
  await expect(app.studies.write('brief', { search: true }, dir, dir, [])).rejects.toThrow('The study is not finished: “Search Sign, full')
  const [first, second] = await Promise.all([app.studies.start('brief', true), app.studies.start('brief', true)])
  expect(second).toBe(first)
  await vi.waitFor(() => expect(notices.join()).toContain('The study “Small study” is finished.'), { timeout: 100_000 })
  const names = (await app.sweeps.list()).map(({ name }) => name).reverse()
  expect(names).toEqual(['Search Sign, full · restart 1, batch 1', 'Search Mixed, full · restart 1, batch 1', 'Small study · Schemes'])
  const { files } = await app.studies.write('brief', { search: true }, dir, path.join(dir, 'report'), [])
  expect(files.map((file) => path.relative(path.join(dir, 'report'), file))).toEqual(expect.arrayContaining(['results.md', 'brief.settings.json']))
})

test('a study that cannot start says why', { timeout: 120_000 }, async () => {
  keepOwn('brief.json', brief)
  const app = await openApp(library())
  await expect(app.studies.start('brief', false)).rejects.toThrow('gives no settings for Sign, full')
  // The window names studies only, never files.
  await expect(app.studies.start('studies/brief.json', false)).rejects.toThrow('is not a file or a study')
})

test('lists shipped and own studies, and broken ones with their error', async () => {
  keepOwn('mine.json', brief)
  keepOwn('mine.settings.json', {})
  keepOwn('broken.json', { ...brief, seeds: [] })
  const app = await openApp(library())
  const outlines = await app.studies.list()
  expect(outlines.map(({ id, own, canSearch, error }) => [id, own, canSearch, error === null])).toEqual([
    ['paper', false, true, true], ['broken', true, false, false], ['mine', true, true, true],
  ])
  expect(outlines.find(({ id }) => id === 'broken')!.error).toContain('seeds must have at least 1')
})

/** For studies that take no other's place. */
const never = async () => { throw new Error('asked') }

test('adds a study with its settings to the own ones, and refuses one that is not valid or has a shipped name', async () => {
  const outside = path.join(dir, 'outside')
  mkdirSync(outside)
  const write = (name: string, document: object) => {
    writeFileSync(path.join(outside, name), JSON.stringify(document))
    return path.join(outside, name)
  }
  const app = await openApp(library())
  write('found.settings.json', {
    version: 1, study: 'new', provenance: 'by hand',
    arms: { 'sign/full': [{ score: 0.1, trials: 1, settings: { 'network.threshold': 0.3 }, edges: [] }] },
  })
  expect(await app.studies.import(write('new.json', { ...brief, settings: 'found.settings.json' }), never)).toBe('new')
  expect(readdirSync(path.join(dir, 'studies')).sort()).toEqual(['found.settings.json', 'new.json'])
  expect(await app.studies.import(write('new.json', { ...brief, title: 'Another' }), async () => false)).toBeNull()
  expect(await app.studies.import(write('other.json', { ...brief, settings: 'found.settings.json' }), async () => false)).toBeNull()
  expect(readdirSync(path.join(dir, 'studies')).sort()).toEqual(['found.settings.json', 'new.json'])
  expect(readFileSync(path.join(dir, 'studies/new.json'), 'utf8')).not.toContain('Another')
  expect(JSON.parse(readFileSync(path.join(dir, 'studies/found.settings.json'), 'utf8')).arms['sign/full'][0].score).toBe(0.1)
  await expect(app.studies.import(write('paper.json', brief), never)).rejects.toThrow('has the name of a shipped study')
  await expect(app.studies.import(write('bad.json', { ...brief, version: 3 }), never)).rejects.toThrow('version must be 1')
  await expect(app.studies.import(write('alone.json', { ...brief, settings: 'gone.settings.json' }), never)).rejects.toThrow('must be a file beside the study')
})

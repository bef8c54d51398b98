import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { smallStudy as small } from '../../fixtures/small-study.ts'
import { end, inProcess, start, untilTrained } from './program.ts'

vi.setConfig({ testTimeout: 300_000 })

let dir: string
beforeEach(() => { dir = mkdtempSync(path.join(os.tmpdir(), 'chalcogen-')) })
afterEach(() => rmSync(dir, { recursive: true }))

const write = (document: object) => {
  writeFileSync(path.join(dir, 'small.json'), JSON.stringify(document))
  return 'small.json'
}
const library = () => path.join(dir, 'library.chalcogen')
const textOf = (file: string) => readFileSync(path.join(dir, file), 'utf8')
const armsOf = (file: string) => (JSON.parse(textOf(file)) as { arms: Record<string, unknown> }).arms

describe('chalcogen study', () => {
  test('searches, compares with intervals over searches and writes settings that give the same report without a search', async () => {
    write(small)
    const searched = await inProcess(['study', 'small.json', '--search', '--out', 'searched'], dir, library())
    expect(searched.code, searched.err).toBe(0)
    expect(searched.err).toContain('Sign, full: score')
    expect(searched.out).toContain('These runs do not support the claim never: a.mean < 0:')
    const report = textOf('searched/results.md')
    expect(report).toContain('4 (2 searches)')
    expect(report).toContain('### Five bits (settings of: Full), corrected conventions')
    expect(report).toContain('## Where the settings come from')
    expect(report).toContain('| Settings of | Sign | Mixed |')
    expect(report).toContain('## What these runs do not support')
    expect(report).toContain('At equal WRITE energy: Budget: 0.0001 µJ of SETs and RESETs.')
    const sweeps = JSON.parse((await inProcess(['sweeps', '--json'], dir, library())).out) as { name: string }[]
    expect(sweeps.map(({ name }) => name).filter((name) => name.startsWith('Small study'))).toHaveLength(3)
    const epochs = (id: string) => new Set(textOf('searched/results/runs.csv').split('\n').filter((line) => line.startsWith(`${id},`))
      .map((line) => line.split(',')[5]))
    expect(epochs('equal')).not.toEqual(epochs('schemes'))

    const settings = JSON.parse(textOf('searched/small.settings.json'))
    expect(Object.keys(settings.arms)).toEqual(['sign/full', 'mixed/full', ...['all on', 'no write noise', 'no nonlinearity', 'no granularity',
      'no READ noise', 'no drift', 'all off'].map((label) => `retuned/${label}`)])
    expect(settings.arms['mixed/full']).toHaveLength(2)
    expect(Object.keys(settings.arms['mixed/full'][0].settings)).toEqual(['network.threshold', 'learning.rateInput', 'scheme.accumulatorStep'])

    mkdirSync(path.join(dir, 'studies'))
    writeFileSync(path.join(dir, 'studies/kept.json'), JSON.stringify({ ...small, settings: 'kept.settings.json' }))
    writeFileSync(path.join(dir, 'studies/kept.settings.json'), JSON.stringify(settings))
    const again = await inProcess(['study', 'kept', '--out', 'again', '--json'], dir, library())
    expect(again.code, again.err).toBe(0)
    for (const file of ['results/runs.csv', 'results/table-schemes.csv', 'results/table-retuned.csv', 'results/table-swap.csv', 'results/schemes.svg']) {
      expect(textOf(`again/${file}`), file).toBe(textOf(`searched/${file}`))
    }
  })

  test('continues a killed search to the same bytes', async () => {
    const file = write(small)
    const whole = await end(start(['study', file, '--search', '--out', 'whole'], dir, library()))
    expect(whole.code, whole.err).toBe(0)
    const cut = () => start(['study', file, '--search', '--out', 'cut'], dir, path.join(dir, 'cut.chalcogen'))
    for (const epochs of [10, 150]) {
      const child = cut()
      const ended = end(child)
      await untilTrained(child, path.join(dir, 'cut.chalcogen'), epochs)
      child.kill('SIGKILL')
      await ended
    }
    const again = await end(cut())
    expect(again.code, again.err).toBe(0)
    const withoutFolder = (text: string) => text.replaceAll(/--out \w+/g, '')
    for (const name of ['results.md', 'results/runs.csv', 'results/table-retuned.csv', 'results/schemes.svg', 'small.settings.json']) {
      expect(withoutFolder(textOf(`cut/${name}`)), name).toBe(withoutFolder(textOf(`whole/${name}`)))
    }
  })

  test('searches the arms that are named, keeps the others of the file, and ends with the settings of one search', async () => {
    const file = write(small)
    const whole = await inProcess(['search', file, '--out', 'whole'], dir, library())
    expect(whole.code, whole.err).toBe(0)
    for (const words of [['sign'], ['mixed/full'], ['retuned']]) {
      const part = await inProcess(['search', file, ...words, '--out', 'parts'], dir, path.join(dir, 'parts.chalcogen'))
      expect(part.code, part.err).toBe(0)
    }
    expect(armsOf('parts/small.settings.json')).toEqual(armsOf('whole/small.settings.json'))

    const unknown = await inProcess(['search', file, 'mixd', '--out', 'parts'], dir, library())
    expect(unknown.code).toBe(2)
    expect(unknown.err).toContain('searches nothing that is called mixd. Did you mean mixed?')
    const refused = async (...args: string[]) => {
      const { code, err } = await inProcess(['search', file, 'sign', '--out', 'parts', ...args], dir, library())
      expect(code).toBe(2)
      expect(err).toContain('must be of this study as it is now. Move the file away, or choose another folder')
    }
    await refused('--epochs', '2')
    write({ ...small, search: { ...small.search!, trials: 4 } })
    await refused()
  })

  test('saves each arm of a search as soon as it is found', async () => {
    // Long enough that the other arms are not found before the kill.
    const file = write({ ...small, search: { ...small.search!, batches: 6 } })
    const child = start(['search', file, '--out', 'cut'], dir, library())
    const ended = end(child)
    await vi.waitFor(() => expect(Object.keys(armsOf('cut/small.settings.json'))).toContain('sign/full'), { timeout: 100_000, interval: 20 })
    child.kill('SIGKILL')
    await ended
    expect(Object.keys(armsOf('cut/small.settings.json'))).not.toContain('retuned/all off')
  })

  test('shows parts, runs and time without running anything', async () => {
    const { code, out, err } = await inProcess(['study', 'paper', '--search', '--plan', '--json'], dir, library())
    expect(code, err).toBe(0)
    const { parts } = JSON.parse(out) as { parts: { title: string; kind: string; runs: number }[] }
    expect(parts.filter(({ kind }) => kind === 'search')).toHaveLength(17 + 7)
    expect(parts.filter(({ kind }) => kind === 'tournament').map(({ runs }) => runs)).toEqual([1320, 160, 250, 120, 80, 70, 140])
    expect((await inProcess(['list', '--json'], dir, library())).out.trim()).toBe('[]')
  })

  test('names the place of an error, and the arm that has no settings', async () => {
    const broken = { ...small, sections: [{ ...small.sections[0], reference: 'mixed/fulll' }] }
    const wrong = await inProcess(['study', write(broken)], dir, library())
    expect(wrong.code).toBe(2)
    expect(wrong.err).toContain('sections.0.reference must be a compared arm of this study. Choose sign/full, mixed/full')
    const unknown = await inProcess(['study', write(small)], dir, library())
    expect(unknown.code).toBe(2)
    expect(unknown.err).toContain('devices.0.presets gives no settings for Sign, full. Search them')
  })
})

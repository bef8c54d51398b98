import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exportRuns } from '../../../src-main/transfer/export.ts'
import { writeFileAtomically } from '../../../src-main/transfer/write-file.ts'
import { epoch, run, temporaryFolder } from './support.ts'

const library = {
  overview: async (runId: string) => {
    if (runId === '0missing0') throw new Error(`no run ${runId}`)
    return run({ runId })
  },
  async* epochs() { yield [epoch()] },
  array: async () => { throw new Error('these runs have no arrays') },
  armsOf: async () => [],
}

const by = { application: '0.1.0' }

describe('an export', () => {
  it('writes one JSON document or a table of each kind, and creates the folder', async () => {
    const folder = join(temporaryFolder(), 'out', 'deeper')
    expect(await exportRuns(library, ['0first000'], 'json', folder, by)).toEqual([join(folder, 'run-0first000.json')])
    const tables = await exportRuns(library, ['0first000'], 'csv', folder, by)
    expect(tables).toEqual(['runs', 'epochs', 'patterns', 'columns'].map((name) => join(folder, `run-0first000.${name}.csv`)))
    expect(readdirSync(folder).sort()).toEqual([...tables.map((file) => basename(file)), 'run-0first000.json'].sort())
    expect(readFileSync(tables[0]!, 'utf8')).toContain('0first000')
  })

  it('of other runs has another name', async () => {
    const folder = temporaryFolder()
    const [ab] = await exportRuns(library, ['0run0000a', '0run0000b'], 'json', folder, by)
    const [ba] = await exportRuns(library, ['0run0000b', '0run0000a'], 'json', folder, by)
    const [cb] = await exportRuns(library, ['0run0000c', '0run0000b'], 'json', folder, by)
    expect(ab).toMatch(/runs-2-[0-9a-f]{8}\.json$/)
    expect(ba).toBe(ab)
    expect(cb).not.toBe(ab)
  })

  it('writes nothing if one of the runs is missing', async () => {
    const folder = temporaryFolder()
    await expect(exportRuns(library, ['0first000', '0missing0'], 'csv', folder, by)).rejects.toThrow('0missing0')
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('a file written atomically', () => {
  it('replaces an existing file', async () => {
    const file = join(temporaryFolder(), 'a.txt')
    writeFileSync(file, 'before')
    await writeFileAtomically(file, Uint8Array.from([97, 98]))
    expect(readFileSync(file, 'utf8')).toBe('ab')
  })

  it('leaves no change and no draft if it fails', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'taken')
    mkdirSync(join(file, 'full'), { recursive: true })
    await expect(writeFileAtomically(file, 'after')).rejects.toThrow()
    expect(readdirSync(folder)).toEqual(['taken'])
    expect(readdirSync(file)).toEqual(['full'])
  })

  it('leaves no draft if the content cannot be written', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'a.txt')
    writeFileSync(file, 'before')
    await expect(writeFileAtomically(file, 12 as unknown as string)).rejects.toThrow()
    expect(readdirSync(folder)).toEqual(['a.txt'])
    expect(readFileSync(file, 'utf8')).toBe('before')
  })
})

import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { defaultLibraryFile, readyLibrary } from '../../src-main/app/location.ts'
import { openConnection } from '../../src-main/library/connection.ts'
import { recordOf } from '../../src-main/library/unfinished.ts'
import { inProcess } from '../integration/cli/program.ts'
import { exitOf, lineOf, openApp, source, startProcess, temporaryFolder } from './support.ts'
import { importExample } from '../../src-main/app/example.ts'
import { fileURLToPath } from 'node:url'

const resources = fileURLToPath(source('resources'))

/** A default library with the example's runs, and the environment that leads to it. */
async function defaultLibrary() {
  const home = temporaryFolder()
  const env = { XDG_DATA_HOME: home, CHALCOGEN_LIBRARY: '' }
  const file = defaultLibraryFile({ platform: process.platform, home, env })
  const app = await openApp(file)
  await importExample(app, resources)
  const runs = (await app.list()).length
  await app.close()
  const list = async () => {
    const { code, out, err } = await inProcess(['list', '--json'], home, '', env)
    return code === 0 ? (JSON.parse(out) as unknown[]).length : err
  }
  return { file, to: join(home, 'there', 'library.chalcogen'), runs, list, env, home }
}

async function begun(file: string, to: string, renames: number) {
  const child = startProcess('begins-a-change.ts', [file, to, String(renames)])
  await lineOf(child, (line) => line === 'begun')
  return { kill: () => (child.kill('SIGKILL'), exitOf(child)) }
}

describe('fault 50: a move whose process was killed', () => {
  it.for([['before', 0], ['after', 1]] as const)('%s the rename is taken back or finished by the next command', async ([, renames]) => {
    const { file, to, runs, list, env, home } = await defaultLibrary()
    const move = await begun(file, to, renames)
    // The process lives, so its move is left alone.
    expect(await list()).toContain('is changing')
    await move.kill()
    expect(await list()).toBe(runs)
    const place = renames === 1 ? to : file
    expect([file, to].filter((path) => existsSync(path))).toEqual([place])
    expect(defaultLibraryFile({ platform: process.platform, home, env })).toBe(place)
    expect([file, to].map(recordOf).filter((record) => existsSync(record))).toEqual([])
    expect(await list()).toBe(runs)
  })

  it.for([['before', 0], ['after', 1]] as const)('%s the rename is found by either name', async ([, renames]) => {
    const { file, to, runs } = await defaultLibrary()
    await (await begun(file, to, renames)).kill()
    for (const name of [to, file]) {
      const app = await openApp(name)
      expect(app.libraryFile).toBe(renames === 1 ? to : file)
      expect(await app.list()).toHaveLength(runs)
      await app.close()
    }
  })

  it('is not renamed by a record that is damaged or names other files', async () => {
    const { file, to } = await defaultLibrary()
    await (await begun(file, to, 0)).kill()
    const record = readFileSync(recordOf(file), 'utf8')
    const strange = join(dirname(file), 'notes.txt')
    for (const text of ['{', '{}', record.replaceAll(to, strange), record.replaceAll(to, 'relative')]) {
      writeFileSync(recordOf(file), text)
      expect(() => readyLibrary(file)).toThrow(/is not a valid record.*delete the record/s)
      await expect(openApp(file)).rejects.toMatchObject({ code: 'cannot-open' })
    }
    expect(existsSync(file)).toBe(true)
  })
})

test('fault 52: a library with two names is refused with what to do, until only one is left', async () => {
  const file = join(temporaryFolder(), 'library.chalcogen')
  openConnection(file).db.close()
  const other = join(temporaryFolder(), 'other.chalcogen')
  linkSync(file, other)
  for (const name of [file, other]) {
    await expect(openApp(name)).rejects.toMatchObject({ code: 'cannot-open', message: expect.stringMatching(/2 names.*delete.*-samefile/) })
  }
  rmSync(other)
  // The draft of a library that another process is just putting in its place is no name to open it by.
  linkSync(file, `${file}.draft`)
  await (await openApp(file)).close()
})

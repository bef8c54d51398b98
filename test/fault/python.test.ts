import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, type TestContext, vi } from 'vitest'
import { openConnection } from '../../src-main/library/connection.ts'
import { pythonWith } from '../fixtures/python.ts'
import { asNobody, filesOf, library, places, readOnlyView, RUN } from './places.ts'
import { skipFor, smallDisk, temporaryFolder } from './support.ts'

vi.setConfig({ testTimeout: 60_000 })

const python = await pythonWith('sqlite3, numpy')
const isForAll = (each: string) => spawnSync('setpriv', [...asNobody, each, '-c', 'import sqlite3, numpy'], { cwd: '/' }).status === 0
/** A Python that another user can start. */
const pythonOfAll = [python, '/usr/bin/python3'].find((each) => each !== undefined && isForAll(each))
const source = fileURLToPath(new URL('../../resources/python/chalcogen.py', import.meta.url))

/** Runs a script that finds the module, the library as `file`, and the temporary folder that is empty afterwards. */
function output(script: string, file: string, { user = 'root', copies = writable('copies') } = {}): string {
  const modules = writable('modules')
  cpSync(source, join(modules, 'chalcogen.py'))
  const args = ['-B', '-c', `import sys, chalcogen\nfile = sys.argv[1]\n${script}`, file]
  const [program, words] = user === 'nobody' ? ['setpriv', [...asNobody, pythonOfAll!, ...args]] : [python!, args]
  const { stdout, stderr } = spawnSync(program, words, {
    encoding: 'utf8', cwd: '/', env: { ...process.env, PYTHONPATH: modules, TMPDIR: copies },
  })
  expect(stderr).toBe('')
  expect(readdirSync(copies)).toEqual([])
  return stdout
}

function writable(name: string): string {
  const folder = join(temporaryFolder(), name)
  chmodSync(join(folder, '..'), 0o755)
  mkdirSync(folder)
  chmodSync(folder, 0o777)
  return folder
}

const counted = `
with chalcogen.open(file) as library:
    print(len(library.runs()), sum(len(run.arrays()) for run in library.runs() if run.snapshots()))`

describe.skipIf(!python)('chalcogen.py', () => {
  it.for(places)('fault 19: lets another user read a library $what, and leaves nothing', ({ mode, make, arrays = 1 }, context: TestContext) => {
    if (!pythonOfAll) skipFor('only root can act as another user, who must have Python with NumPy', context)
    const folder = temporaryFolder()
    const file = make(folder)
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644)
    chmodSync(folder, mode)
    const before = filesOf(folder)
    expect(output(counted, file, { user: 'nobody' })).toBe(`${arrays === 0 ? 3 : 1} ${arrays}\n`)
    expect(filesOf(folder)).toEqual(before)
    const again = openConnection(file)
    expect(again.readOnly).toBeNull()
    again.close()
  })

  it('reads a library on a read-only disk without a copy', (context) => {
    const folder = temporaryFolder()
    const { close } = library(folder)
    close()
    const disk = readOnlyView(folder) ?? skipFor('only root on Linux can mount a folder read-only', context)
    expect(output(`${counted}\n    print(library._copy)`, join(disk, 'library.chalcogen'))).toBe('1 1\nNone\n')
    expect(readdirSync(folder)).toEqual(['library.chalcogen'])
  })

  it.for([
    ['when it is closed', 'library.close()'],
    ['when Python ends', ''],
  ])('leaves nothing beside a library of its own user, %s', ([, end]) => {
    const folder = temporaryFolder()
    const { file, close } = library(folder)
    close()
    const before = readFileSync(file)
    expect(output(`library = chalcogen.open(file)\nrun = library.run("${RUN}")\nprint(run["status"])\n${end}`, file)).toBe('stopped\n')
    expect(readdirSync(folder)).toEqual(['library.chalcogen'])
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('cannot write a library', () => {
    const { file, close } = library(temporaryFolder())
    close()
    const script = `
library = chalcogen.open(file)
try:
    library._db.execute("DELETE FROM runs")
except Exception as error:
    print(error)`
    expect(output(script, file)).toBe('attempt to write a readonly database\n')
  })

  it('says why a copy could not be made, and leaves no part of it', (context) => {
    if (!pythonOfAll) skipFor('only root can act as another user, who must have Python with NumPy', context)
    const disk = smallDisk(0.03)
    if ('reason' in disk) skipFor(disk.reason, context)
    const folder = temporaryFolder()
    const { file, close } = library(folder)
    close()
    chmodSync(folder, 0o755)
    chmodSync(disk.folder, 0o777)
    const script = `
try:
    chalcogen.open(file)
except chalcogen.LibraryError as error:
    print(error)`
    const said = output(script, file, { user: 'nobody', copies: disk.folder })
    expect(said).toContain(`can only be read as a copy, and the copy in ${disk.folder} failed: [Errno 28] No space left on device`)
    expect(said).toContain('Free some disk space, set TMPDIR to a folder with more space, or copy the library yourself.')
  })

  it('says that a library is locked', () => {
    const { file, db, close } = library(temporaryFolder())
    db.pragma('locking_mode = EXCLUSIVE')
    db.exec('UPDATE runs SET priority = 1')
    const script = `
try:
    chalcogen.open(file)
except chalcogen.LibraryError as error:
    print(error)`
    expect(output(script, file)).toBe(`${file} cannot be read now: database is locked. Try again.\n`)
    close()
  })

  it('says that SQLite is too old, that a folder is no file, and takes a share of Windows', () => {
    const script = `
import pathlib, sqlite3
print(chalcogen._uri(pathlib.PureWindowsPath("//server/share/my library.chalcogen")), chalcogen._uri(pathlib.PureWindowsPath("C:/a/b")))
newest = sqlite3.sqlite_version_info
for version, place in ((newest, "/"), ((3, 37, 2), file)):
    sqlite3.sqlite_version_info = version
    try:
        chalcogen.open(place)
    except chalcogen.LibraryError as error:
        print(error)`
    const { file, close } = library(temporaryFolder())
    close()
    expect(output(script, file).trim().split('\n')).toEqual([
      'file:////server/share/my%20library.chalcogen file:///C:/a/b',
      '/ is a folder. Choose the file of a library, such as /library.chalcogen.',
      expect.stringMatching(/^This Python has SQLite [\d.]+\. A library needs 3\.38 or newer\. Update Python\.$/),
    ])
  })
})

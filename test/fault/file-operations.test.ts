import Database from 'better-sqlite3'
import type * as Fs from 'node:fs'
import type * as FsPromises from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { temporaryFolder } from '../fixtures/temporary-folder.ts'

// Every file operation of the application goes through here. Only the nth one fails, or, like after a kill, that one and all later ones.
const { faults, failing } = vi.hoisted(() => {
  const faults = { left: Infinity, links: true, kill: false, otherDisk: false, corrupt: false }
  const failing = <Args extends unknown[], Result>(name: string, operation: (...args: Args) => Result) =>
    (...args: Args): Result => {
      if (name === 'linkSync' && !faults.links) throw Object.assign(new Error('no hard links here'), { code: 'EPERM' })
      if (name === 'renameSync' && faults.otherDisk && args.filter((path) => String(path).includes('/there/')).length === 1) {
        throw Object.assign(new Error('on another disk'), { code: 'EXDEV' })
      }
      // A deletion that fails leaves a file, which only the next start can delete.
      if (name === 'rmSync' && !faults.kill) return operation(...args)
      if (name === 'writeSync' && faults.corrupt) (args[1] as Buffer)[0]! ^= 1
      faults.left--
      if (faults.left === 0 || (faults.kill && faults.left < 0)) throw Object.assign(new Error(`${name} failed on purpose`), { code: 'EIO' })
      return operation(...args)
    }
  return { faults, failing }
})

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof Fs>()
  const synchronous = [
    'copyFileSync', 'fsyncSync', 'linkSync', 'mkdirSync', 'openSync', 'readSync', 'renameSync', 'rmSync', 'writeSync', 'readdirSync', 'statSync',
  ] as const
  // Nothing here survives a power cut, so nothing waits for the disk.
  const quick = { ...fs, fsyncSync: () => {} }
  return { ...fs, ...Object.fromEntries(synchronous.map((name) => [name, failing(name, quick[name] as never)])) }
})

vi.mock('node:fs/promises', async (original) => {
  const fs = await original<typeof FsPromises>()
  return {
    ...fs,
    rename: failing('rename', fs.rename),
    mkdir: failing('mkdir', fs.mkdir as never),
    open: failing('open', async (...args: Parameters<typeof fs.open>) => {
      const handle = await fs.open(...args)
      handle.writeFile = failing('writeFile', handle.writeFile.bind(handle))
      handle.sync = failing('sync', handle.sync.bind(handle))
      return handle
    }),
  }
})

// No other program has the library open. To find out, every process would be looked at, an operation each.
vi.mock('../../src-main/library/lock-holders.ts', () => ({ holdersOf: () => [] }))

// What a killed process leaves carries the name of this one, which lives.
vi.mock('../../src-main/library/maker.ts', async (original) => ({ ...await original<object>(), hasEnded: () => true }))

const { openConnection } = await import('../../src-main/library/connection.ts')
const { copyToDraft, draftOf, putInPlace, removeDraft } = await import('../../src-main/library/files.ts')
const { removeLeftovers } = await import('../../src-main/library/leftovers.ts')
const { moveLibrary } = await import('../../src-main/library/move.ts')
const { recover, replaceFile, setAside } = await import('../../src-main/library/unfinished.ts')
const { backUpAtOnce, requireWhole } = await import('../../src-main/library/backup.ts')
const { writeFileAtomically } = await import('../../src-main/transfer/write-file.ts')
const real = await vi.importActual<typeof Fs>('node:fs')

/** Runs `act` in a new folder with its first, second, … operation failing, until there is none left to fail. */
async function atEveryOperation(
  prepare: (folder: string) => void, act: (folder: string) => unknown, invariant: (folder: string, failed: boolean) => void,
  kill = false,
): Promise<number> {
  for (let nth = 1; ; nth++) {
    const folder = temporaryFolder()
    faults.left = Infinity
    prepare(folder)
    faults.left = nth
    faults.kill = kill
    let failed = false
    try {
      await act(folder)
    } catch {
      failed = true
    }
    const wasReached = faults.left <= 0
    faults.left = Infinity
    faults.kill = false
    invariant(folder, failed)
    if (!wasReached) return nth - 1
  }
}

const names = (folder: string) =>
  (real.existsSync(folder) ? real.readdirSync(folder, { recursive: true }).map(String).sort() : [])
const drafts = (folder: string) => names(folder).filter((name) => /draft|\.tmp$/.test(name))
const textOf = (file: string) => (real.existsSync(file) ? real.readFileSync(file, 'utf8') : null)

function library(file: string): void {
  const { db } = openConnection(file)
  db.prepare('INSERT INTO settings (name, value) VALUES (?, ?)').run('marker', '1')
  db.close()
}

const hasMarker = (file: string) => {
  const db = new Database(file, { readonly: true })
  const found = db.prepare(`SELECT 1 FROM settings WHERE name = 'marker'`).get() !== undefined
  db.close()
  return found
}

/** A closed library whose only row is in its log, as after a kill. */
function libraryWithLog(file: string): void {
  const folder = temporaryFolder()
  const { db } = openConnection(join(folder, 'library'))
  db.pragma('wal_autocheckpoint = 0')
  db.prepare('INSERT INTO settings (name, value) VALUES (?, ?)').run('marker', '1')
  for (const part of ['', '-wal', '-shm']) real.copyFileSync(join(folder, `library${part}`), file + part)
  db.close()
}

/** Makes files once and copies them to many folders. */
function copied(make: (folder: string) => void): (folder: string) => void {
  let template: string | null = null
  return (folder) => {
    if (template === null) make(template = temporaryFolder())
    real.cpSync(template, folder, { recursive: true })
  }
}

const libraryWithBackup = () => copied((folder) => {
  const file = join(folder, 'library.chalcogen')
  library(file)
  const db = new Database(file)
  backUpAtOnce(db, file)
  db.close()
})

function restore(file: string, backup: string): string | null {
  const draft = draftOf(file)
  try {
    copyToDraft(backup, draft, () => {})
    return replaceFile('restore', draft, file, 'before-restore')
  } finally {
    removeDraft(draft)
  }
}

const placeOf = (folder: string) => join(folder, 'place')

async function move(folder: string, otherDisk: boolean): Promise<void> {
  faults.otherDisk = otherDisk
  try {
    const copy = async (files: { from: string; to: string }[]) =>
      files.forEach(({ from, to }) => copyToDraft(from, to, requireWhole))
    const to = join(folder, 'there', 'library.chalcogen')
    await moveLibrary(join(folder, 'library.chalcogen'), to, copy, () => note(folder, to))
  } finally {
    faults.otherDisk = false
  }
}

/** Notes the place of a moved library. */
const note = (folder: string, to: string) => real.writeFileSync(placeOf(folder), to)

/** The library is complete in exactly one of two folders, with its backup there. @returns its path */
function wholeAtOnePlace(folder: string): string {
  const [file, ...more] = [folder, join(folder, 'there')].map((at) => join(at, 'library.chalcogen')).filter((path) => real.existsSync(path))
  expect(more).toEqual([])
  expect(hasMarker(file!)).toBe(true)
  const backups = names(join(dirname(file!), 'backups')).filter((name) => /Z\.migration\.chalcogen$/.test(name))
  expect(backups).toHaveLength(1)
  expect(hasMarker(join(dirname(file!), 'backups', backups[0]!))).toBe(true)
  return file!
}

it('fault 15: a move to another disk says why its copies failed, and leaves everything where it was', async () => {
  const folder = temporaryFolder()
  libraryWithBackup()(folder)
  const before = names(folder)
  faults.otherDisk = true
  const to = join(folder, 'there', 'library.chalcogen')
  const moved = moveLibrary(join(folder, 'library.chalcogen'), to, () => Promise.reject(new Error('No space is left.')), () => {})
  await expect(moved.finally(() => { faults.otherDisk = false })).rejects.toThrow('No space is left.')
  expect(names(folder).filter((name) => !name.startsWith('there'))).toEqual(before)
  expect(wholeAtOnePlace(folder)).toBe(join(folder, 'library.chalcogen'))
})

describe('fault 15: the nth file operation fails, for every n', () => {
  it('creating a library: it is complete or does not exist, and no draft is left', async () => {
    const operations = await atEveryOperation(() => {}, (folder) => openConnection(join(folder, 'deeper', 'library.chalcogen')).db.close(), (folder, failed) => {
      const file = join(folder, 'deeper', 'library.chalcogen')
      expect(drafts(folder)).toEqual([])
      if (real.existsSync(file)) requireWhole(file)
      else expect(failed).toBe(true)
    })
    expect(operations).toBeGreaterThan(3)
  })

  it('a backup: it is complete or does not exist', async () => {
    const operations = await atEveryOperation((folder) => library(join(folder, 'library.chalcogen')), (folder) => {
      const db = new Database(join(folder, 'library.chalcogen'))
      try {
        return backUpAtOnce(db, join(folder, 'library.chalcogen'))
      } finally {
        db.close()
      }
    }, (folder) => {
      expect(drafts(folder)).toEqual([])
      for (const name of names(join(folder, 'backups'))) expect(hasMarker(join(folder, 'backups', name))).toBe(true)
      expect(hasMarker(join(folder, 'library.chalcogen'))).toBe(true)
    })
    expect(operations).toBeGreaterThan(3)
  })

  it('a restore: the old library is in place or beside it, and the backup is not changed', async () => {
    const operations = await atEveryOperation(copied((folder) => {
      library(join(folder, 'library.chalcogen'))
      real.writeFileSync(join(folder, 'backup'), 'the backup')
    }), (folder) => restore(join(folder, 'library.chalcogen'), join(folder, 'backup')), (folder, failed) => {
      expect(drafts(folder)).toEqual([])
      expect(textOf(join(folder, 'backup'))).toBe('the backup')
      const kept = names(folder).filter((name) => name.endsWith('.chalcogen') && textOf(join(folder, name)) !== 'the backup')
      expect(kept).toHaveLength(1)
      expect(hasMarker(join(folder, kept[0]!))).toBe(true)
      if (!failed) expect(textOf(join(folder, 'library.chalcogen'))).toBe('the backup')
    })
    expect(operations).toBeGreaterThan(6)
  })

  it('a copy to another disk: it is complete or does not exist, and the original is not changed', async () => {
    const operations = await atEveryOperation((folder) => library(join(folder, 'library.chalcogen')), (folder) => {
      copyToDraft(join(folder, 'library.chalcogen'), join(folder, 'copy'), requireWhole)
    }, (folder) => {
      expect(names(folder).filter((name) => /copy.|-(wal|shm)$/.test(name))).toEqual([])
      expect(hasMarker(join(folder, 'library.chalcogen'))).toBe(true)
      const copy = join(folder, 'copy')
      if (real.existsSync(copy)) expect(hasMarker(copy)).toBe(true)
    })
    expect(operations).toBeGreaterThan(6)
  })

  it('a copy that reads back different is discarded, and the original is not changed', () => {
    const folder = temporaryFolder()
    const [file, draft] = [join(folder, 'file'), join(folder, 'draft')]
    real.writeFileSync(file, 'original')
    faults.corrupt = true
    try {
      expect(() => copyToDraft(file, draft, () => {})).toThrow(/draft was discarded: its content differs/)
    } finally {
      faults.corrupt = false
    }
    expect(names(folder)).toEqual(['file'])
    expect(textOf(file)).toBe('original')
    copyToDraft(file, draft, () => {})
    expect(textOf(draft)).toBe('original')
  })

  it.for([['on one disk', false], ['to another disk', true]] as const)('a move %s: the library is at one of the two paths, with its backups', async ([, otherDisk]) => {
    const operations = await atEveryOperation(libraryWithBackup(), (folder) => move(folder, otherDisk), (folder) => {
      expect(drafts(folder)).toEqual([])
      wholeAtOnePlace(folder)
    })
    expect(operations).toBeGreaterThan(9)
  })

  it('no file is replaced on a disk without hard links either', () => {
    const folder = temporaryFolder()
    const [draft, file] = [join(folder, 'draft'), join(folder, 'file')]
    real.writeFileSync(draft, 'new')
    real.writeFileSync(file, 'old')
    faults.links = false
    try {
      expect(() => putInPlace(draft, file)).toThrow('already exists')
      expect(textOf(file)).toBe('old')
      real.rmSync(file)
      putInPlace(draft, file)
      expect(names(folder)).toEqual(['file'])
      expect(textOf(file)).toBe('new')
    } finally {
      faults.links = true
    }
  })

  it('writing a file: it has the old or the new text, and no temporary file is left', async () => {
    const operations = await atEveryOperation((folder) => real.writeFileSync(join(folder, 'file'), 'old'), (folder) => writeFileAtomically(join(folder, 'file'), 'new'), (folder, failed) => {
      expect(names(folder)).toEqual(['file'])
      expect(textOf(join(folder, 'file'))).toBe(failed ? 'old' : 'new')
    })
    expect(operations).toBeGreaterThan(3)
  })
})

describe('fault 50: the process is killed at the nth file operation, for every n', () => {
  const start = (folder: string) => {
    const file = recover(textOf(placeOf(folder)) ?? join(folder, 'library.chalcogen'), (_from, to) => note(folder, to))
    removeLeftovers(file)
    expect(names(folder).filter((name) => /draft|unfinished/.test(name))).toEqual([])
    return file
  }

  it.for([['on one disk', false], ['to another disk', true]] as const)('a move %s: the next start finds the library and its backup in one place, and has noted it', async ([, otherDisk]) => {
    const places = new Set<string>()
    const operations = await atEveryOperation(libraryWithBackup(), (folder) => move(folder, otherDisk), (folder) => {
      const file = start(folder)
      expect(wholeAtOnePlace(folder)).toBe(file)
      const isMoved = file.includes('/there/')
      expect(textOf(placeOf(folder))).toBe(isMoved ? file : null)
      places.add(isMoved ? 'new' : 'old')
    }, true)
    expect(operations).toBeGreaterThan(15)
    expect(places).toEqual(new Set(['old', 'new']))
  })

  it('a restore of a library with a log: the next start finds the old library with its log, or the backup', async () => {
    const found = new Set<string>()
    const operations = await atEveryOperation(copied((folder) => {
      libraryWithLog(join(folder, 'library.chalcogen'))
      openConnection(join(folder, 'backup')).db.close()
    }), (folder) => restore(join(folder, 'library.chalcogen'), join(folder, 'backup')), (folder) => {
      const file = start(folder)
      requireWhole(file)
      const [aside, ...more] = names(folder).filter((name) => name.endsWith('.chalcogen') && name.includes('before-restore'))
      expect(more).toEqual([])
      expect(hasMarker(aside === undefined ? file : join(folder, aside))).toBe(true)
      if (aside !== undefined) expect(hasMarker(file)).toBe(false)
      found.add(aside === undefined ? 'old' : 'backup')
    }, true)
    expect(operations).toBeGreaterThan(15)
    expect(found).toEqual(new Set(['old', 'backup']))
  })

  it('a restore where only the log of the library is left keeps that log out of the restored library', () => {
    const folder = temporaryFolder()
    const [file, backup] = [join(folder, 'library.chalcogen'), join(folder, 'backup')]
    libraryWithLog(file)
    openConnection(backup).db.close()
    real.rmSync(file)
    expect(restore(file, backup)).toBe(null)
    expect(hasMarker(file)).toBe(false)
    requireWhole(file)
    expect(names(folder).filter((name) => /before-restore.*-wal$/.test(name))).toHaveLength(1)
  })

  it('setting a library aside: it is in its place or aside, with its log', async () => {
    const operations = await atEveryOperation(copied((folder) => libraryWithLog(join(folder, 'library.chalcogen'))), (folder) => {
      setAside(join(folder, 'library.chalcogen'), 'set-aside')
    }, (folder) => {
      start(folder)
      const libraries = names(folder).filter((name) => name.endsWith('.chalcogen'))
      expect(libraries).toHaveLength(1)
      expect(hasMarker(join(folder, libraries[0]!))).toBe(true)
    }, true)
    expect(operations).toBeGreaterThan(10)
  })
})

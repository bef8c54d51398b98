import Database from 'better-sqlite3'
import type * as Fs from 'node:fs'
import type * as FsPromises from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { temporaryFolder } from '../fixtures/temporary-folder.ts'

// Every file operation of the application goes through here. Only the nth one fails.
const { faults, failing } = vi.hoisted(() => {
  const faults = { left: Infinity, links: true }
  const failing = <Args extends unknown[], Result>(name: string, operation: (...args: Args) => Result) =>
    (...args: Args): Result => {
      if (name === 'linkSync' && !faults.links) throw Object.assign(new Error('no hard links here'), { code: 'EPERM' })
      if (--faults.left === 0) throw Object.assign(new Error(`${name} failed on purpose`), { code: 'EIO' })
      return operation(...args)
    }
  return { faults, failing }
})

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof Fs>()
  const synchronous = [
    'copyFileSync', 'fsyncSync', 'linkSync', 'mkdirSync', 'openSync', 'readSync', 'renameSync', 'writeSync', 'readdirSync', 'statSync',
  ] as const
  return { ...fs, ...Object.fromEntries(synchronous.map((name) => [name, failing(name, fs[name] as never)])) }
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

const { openConnection } = await import('../../src-main/library/connection.ts')
const { copyDurably, moveOnDisk, putInPlace, setAside } = await import('../../src-main/library/files.ts')
const { backUpAtOnce, requireWhole } = await import('../../src-main/library/backup.ts')
const { writeFileAtomically } = await import('../../src-main/transfer/write-file.ts')
const real = await vi.importActual<typeof Fs>('node:fs')

/** Runs `act` in a new folder with its first, second, … operation failing, until there is none left to fail. */
async function atEveryOperation(
  prepare: (folder: string) => void, act: (folder: string) => unknown, invariant: (folder: string, failed: boolean) => void,
): Promise<number> {
  for (let nth = 1; ; nth++) {
    const folder = temporaryFolder()
    faults.left = Infinity
    prepare(folder)
    faults.left = nth
    let failed = false
    try {
      await act(folder)
    } catch {
      failed = true
    }
    const wasReached = faults.left <= 0
    faults.left = Infinity
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
    const operations = await atEveryOperation((folder) => {
      library(join(folder, 'library.chalcogen'))
      real.writeFileSync(join(folder, 'backup'), 'the backup')
    }, (folder) => {
      const file = join(folder, 'library.chalcogen')
      copyDurably(join(folder, 'backup'), join(folder, 'new'), () => {})
      setAside(file, 'before-restore')
      putInPlace(join(folder, 'new'), file)
    }, (folder, failed) => {
      expect(drafts(folder)).toEqual([])
      expect(textOf(join(folder, 'backup'))).toBe('the backup')
      const kept = names(folder).filter((name) => name.startsWith('library') && textOf(join(folder, name)) !== 'the backup')
      expect(kept).toHaveLength(1)
      expect(hasMarker(join(folder, kept[0]))).toBe(true)
      if (!failed) expect(textOf(join(folder, 'library.chalcogen'))).toBe('the backup')
    })
    expect(operations).toBeGreaterThan(6)
  })

  it('a copy to another disk: it is complete or does not exist, and the original is not changed', async () => {
    const operations = await atEveryOperation((folder) => library(join(folder, 'library.chalcogen')), (folder) => {
      real.mkdirSync(join(folder, 'there'), { recursive: true })
      copyDurably(join(folder, 'library.chalcogen'), join(folder, 'there', 'library.chalcogen'), requireWhole)
    }, (folder) => {
      expect(drafts(folder)).toEqual([])
      expect(hasMarker(join(folder, 'library.chalcogen'))).toBe(true)
      const copy = join(folder, 'there', 'library.chalcogen')
      if (real.existsSync(copy)) expect(hasMarker(copy)).toBe(true)
    })
    expect(operations).toBeGreaterThan(6)
  })

  it('a move on one disk: the library is complete at one of the two paths', async () => {
    const operations = await atEveryOperation((folder) => library(join(folder, 'library.chalcogen')), (folder) => {
      moveOnDisk(join(folder, 'library.chalcogen'), join(folder, 'there', 'library.chalcogen'))
    }, (folder) => {
      const places = [join(folder, 'library.chalcogen'), join(folder, 'there', 'library.chalcogen')].filter((file) => real.existsSync(file))
      expect(places.length).toBeGreaterThan(0)
      places.forEach((file) => expect(hasMarker(file)).toBe(true))
    })
    expect(operations).toBeGreaterThan(1)
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
      expect(moveOnDisk(file, join(folder, 'there', 'file'))).toBe(false)
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


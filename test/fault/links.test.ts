import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { closedBackups, restoreClosed } from '../../src-main/app/closed-library.ts'
import { defaultLibraryFile, noteMove } from '../../src-main/app/location.ts'
import { realFile } from '../../src-main/library/files.ts'
import { exitOf, lineOf, openApp, source, startProcess, temporaryFolder } from './support.ts'
import { importExample } from '../../src-main/app/example.ts'
import { fileURLToPath } from 'node:url'
import { builtFile } from '../fixtures/built.ts'

const workers = { library: builtFile('library/library.worker'), file: builtFile('library/file.worker') }

/** An empty library's backup, then runs; a link to the library's folder, and one to its file. */
async function linkedLibrary() {
  const folder = temporaryFolder()
  const file = join(folder, 'real', 'library.chalcogen')
  mkdirSync(dirname(file))
  symlinkSync('real', join(folder, 'linked folder'))
  symlinkSync(join('real', 'library.chalcogen'), join(folder, 'linked.chalcogen'))
  const app = await openApp(file)
  const { file: backup } = await app.backUp()
  await importExample(app, fileURLToPath(source('resources')))
  const runs = (await app.list()).length
  await app.close()
  return { folder, file, backup, runs, byFolder: join(folder, 'linked folder', 'library.chalcogen'), byFile: join(folder, 'linked.chalcogen') }
}

async function runsIn(file: string): Promise<number> {
  const app = await openApp(file)
  const { length } = await app.list()
  await app.close()
  return length
}

describe('fault 52: a library behind a link', () => {
  it('is not restored while another program has it open by its own name', async () => {
    const { file, backup, byFolder, byFile, runs } = await linkedLibrary()
    const child = startProcess('keeps-locked.ts', [file])
    await lineOf(child, (line) => line === 'locked')
    for (const link of [byFolder, byFile]) {
      await expect(restoreClosed({ file: link, workers }, join(dirname(byFolder), 'backups', basename(backup)))).rejects.toMatchObject({ code: 'locked' })
    }
    child.stdin!.end()
    await exitOf(child)
    expect(await runsIn(file)).toBe(runs)
  })

  it('is restored and backed up where it really is', async () => {
    const { file, backup, byFolder, byFile, runs } = await linkedLibrary()
    for (const link of [byFolder, byFile]) {
      expect(closedBackups(link).map((one) => one.file)).toContain(backup)
      const aside = await restoreClosed({ file: link, workers }, backup)
      expect(dirname(aside!)).toBe(dirname(file))
      expect(await runsIn(file)).toBe(0)
      const app = await openApp(link)
      expect(app.libraryFile).toBe(file)
      expect(dirname((await app.backUp()).file)).toBe(join(dirname(file), 'backups'))
      await importExample(app, fileURLToPath(source('resources')))
      await app.restore(join(dirname(byFolder), 'backups', basename(backup)))
      expect(await app.list()).toEqual([])
      await importExample(app, fileURLToPath(source('resources')))
      await app.close()
      expect(await runsIn(link)).toBe(runs)
    }
    expect(lstatSync(byFile).isSymbolicLink()).toBe(true)
  })

  it('is moved itself, and the link then says where it led', async () => {
    const { folder, file, byFolder, byFile, runs } = await linkedLibrary()
    const app = await openApp(byFile)
    expect(await app.move(dirname(byFolder))).toBe(file)
    const moved = await app.move(join(folder, 'there'))
    expect(moved).toBe(join(folder, 'there', 'library.chalcogen'))
    expect(await app.list()).toHaveLength(runs)
    await app.close()
    expect(existsSync(file)).toBe(false)
    await expect(openApp(byFile)).rejects.toMatchObject({ code: 'cannot-open', message: expect.stringContaining('is a link to') })
    rmSync(dirname(file), { recursive: true })
    await expect(openApp(byFolder)).rejects.toMatchObject({ code: 'cannot-open', message: expect.stringContaining('is a link to') })
    expect(existsSync(dirname(file))).toBe(false)
  })

  it('is noted at its new place if the default path was the link', () => {
    const home = temporaryFolder()
    const host = { platform: process.platform, home, env: { XDG_DATA_HOME: home } }
    const file = join(temporaryFolder(), 'mine.chalcogen')
    mkdirSync(join(home, 'chalcogen'))
    symlinkSync(file, defaultLibraryFile(host))
    noteMove(join(home, 'other.chalcogen'), '/nowhere', host)
    expect(defaultLibraryFile(host)).not.toBe('/nowhere')
    noteMove(realFile(file), '/there/library.chalcogen', host)
    expect(defaultLibraryFile(host)).toBe('/there/library.chalcogen')
    expect(JSON.parse(readFileSync(join(home, 'chalcogen', 'place.json'), 'utf8'))).toEqual({ libraryFile: '/there/library.chalcogen' })
  })
})

import fc from 'fast-check'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readyLibrary } from '../../src-main/app/location.ts'
import { removeLeftovers } from '../../src-main/library/leftovers.ts'
import { makerTag } from '../../src-main/library/maker.ts'
import { beganAt } from '../../src-main/library/owner.ts'
import { writeFileAtomically } from '../../src-main/transfer/write-file.ts'
import { exitOf, lineOf, startProcess, temporaryFolder } from './support.ts'

describe('fault 51: what a killed process leaves', () => {
  it('is deleted at the next start, but not while that process lives', async () => {
    const [folder, out, temporary] = [temporaryFolder(), temporaryFolder(), temporaryFolder()]
    const file = join(folder, 'library.chalcogen')
    const child = startProcess('leaves-drafts.ts', [file, out], { TMPDIR: temporary })
    const left = JSON.parse(await lineOf(child, (line) => line.startsWith('['))) as string[]
    expect(left).toHaveLength(6)
    const start = async () => {
      readyLibrary(file)
      removeLeftovers(file, temporary)
      await writeFileAtomically(join(out, 'other.json'), '{}')
    }
    await start()
    expect(left.filter((name) => !existsSync(name))).toEqual([])
    expect(readdirSync(out)).toHaveLength(2)
    child.kill('SIGKILL')
    await exitOf(child)
    await start()
    expect(left.filter((name) => existsSync(name))).toEqual([])
    expect(readdirSync(out)).toEqual(['other.json'])
  })

  const [machine, system, pidSpace] = makerTag().split('-')
  const parent = `${machine}-${system}-${pidSpace}-${process.ppid}-${beganAt(process.ppid)}`
  const ended = `${machine}-00000000-00000000-1-1`

  it('has the names of this library and of an ended process: every other file stays', () => {
    const part = fc.constantFrom('', '-wal', '-shm', '-journal')
    const random = fc.stringMatching(/^[0-9a-f]{8}$/)
    const left = fc.tuple(random, part).map(([hex, tail]) => `library.chalcogen.${ended}-${hex}.draft${tail}`)
    const others = fc.oneof(
      fc.stringMatching(/^[a-z0-9.-]{1,40}$/).filter((name) => !/^[.]+$/.test(name)),
      fc.constantFrom('library.chalcogen', 'library.chalcogen-wal', 'library.before-restore-20261125T163000123Z.chalcogen'),
      // Of a living process, of another machine, of another container, of another library, and damaged names.
      fc.tuple(fc.constantFrom(makerTag(), parent, `ffffffff-${system}-${pidSpace}-1-1`, `${machine}-${system}-ffffffff-1-1`), random, part)
        .map(([tag, hex, tail]) => `library.chalcogen.${tag}-${hex}.draft${tail}`),
      left.map((name) => name.replace('library', 'other')),
      left.map((name) => `${name}.copy`),
      left.map((name) => name.replace('.draft', '.drafts')),
      fc.tuple(left, fc.nat({ max: 40 })).map(([name, at]) => name.slice(0, 18) + name.slice(18 + (at % 20) + 1)),
    ).filter((name) => !new RegExp(`^library[.]chalcogen[.]${ended}-[0-9a-f]{8}[.]draft(-wal|-shm|-journal)?$`).test(name))
    fc.assert(fc.property(fc.uniqueArray(left, { maxLength: 3 }), fc.uniqueArray(others, { maxLength: 8 }), (leftovers, kept) => {
      const folder = temporaryFolder()
      for (const name of [...leftovers, ...kept]) writeFileSync(join(folder, name), '')
      removeLeftovers(join(folder, 'library.chalcogen'), folder)
      expect(readdirSync(folder).sort()).toEqual(kept.toSorted())
    }))
  })

  it('includes drafts of backups and copies in the temporary folder, and no other folders', () => {
    const [folder, temporary] = [temporaryFolder(), temporaryFolder()]
    mkdirSync(join(folder, 'backups'))
    const draft = `library.20261125T163000123Z.asked.chalcogen.${ended}-01234567.draft`
    writeFileSync(join(folder, 'backups', draft), '')
    writeFileSync(join(folder, draft), '')
    for (const name of [`chalcogen-${ended}-aB3dE6`, 'chalcogen-aB3dE6', `chalcogen-${parent}-aB3dE6`, `mine-${ended}-aB3dE6`]) {
      mkdirSync(join(temporary, name))
      writeFileSync(join(temporary, name, 'library.chalcogen'), '')
    }
    removeLeftovers(join(folder, 'library.chalcogen'), temporary)
    expect(readdirSync(join(folder, 'backups'))).toEqual([])
    expect(readdirSync(folder).sort()).toEqual(['backups', draft])
    expect(readdirSync(temporary).sort()).toEqual(['chalcogen-aB3dE6', `chalcogen-${parent}-aB3dE6`, `mine-${ended}-aB3dE6`].sort())
  })
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, closeSync, linkSync, symlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { describeHolders, holdersOf } from '../../../src-main/library/lock-holders.ts'
import { beganAt, fateOf, isThisProcess, ownerText, parseOwner, systemId, thisProcess } from '../../../src-main/library/owner.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

test('an owner reads back as it was written, and anything else is no owner', () => {
  expect(parseOwner(ownerText())).toEqual(thisProcess())
  for (const text of [null, '', '{', 'null', '{"pid":1}', ownerText({ ...thisProcess(), pid: 1.5 })]) expect(parseOwner(text)).toBeNull()
})

test.skipIf(process.platform !== 'linux')('this process is alive; one that cannot be seen has an unknown fate', () => {
  const own = thisProcess()
  expect([fateOf(own), isThisProcess(own)]).toEqual(['alive', true])
  for (const [other, fate] of [
    [{ system: 'another boot' }, 'unknown'], [{ pidSpace: 'pid:[1]' }, 'unknown'], [{ began: '' }, 'unknown'],
    [{ began: '1' }, 'dead'], [{ pid: 2 ** 30 }, 'dead'],
  ] as const) {
    expect([other, fateOf({ ...own, ...other }), isThisProcess({ ...own, ...other })]).toEqual([other, fate, false])
  }
})

test('an owner of version 0.1.0 is read, and its fate is unknown', () => {
  const { system, pid, began } = thisProcess()
  const stored = JSON.stringify({ host: hostname(), boot: system, pid, began })
  expect(parseOwner(stored)).toEqual({ system, pidSpace: 'unknown', pid, began })
  expect(fateOf(parseOwner(stored)!)).toBe('unknown')
})

test('a running system is known by its boot or its machine, and by its name only if it reports neither', () => {
  expect(systemId('darwin', () => '8F2A5C1E-0001\n')).toBe('8F2A5C1E-0001')
  const registry = '\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Cryptography\r\n    MachineGuid    REG_SZ    1f0c-22\r\n\r\n'
  expect(systemId('win32', () => registry)).toBe('1f0c-22')
  for (const platform of ['darwin', 'win32', 'freebsd'] as const) expect(systemId(platform, () => '')).toBe(hostname())
})

test.skipIf(process.platform !== 'linux')('other programs that have the library or its log open are named, and began later', async () => {
  const file = join(temporaryFolder(), 'library.chalcogen')
  writeFileSync(`${file}-wal`, '')
  const handle = openSync(`${file}-wal`, 'r')
  expect([holdersOf(file), describeHolders(file)]).toEqual([[], ''])
  const other = spawn(process.execPath, ['--eval', 'console.log(1); setInterval(() => {}, 1000)'], { stdio: [handle, 'pipe', 'inherit'] })
  try {
    await once(other.stdout!, 'data')
    // Start times tell apart processes that had the same pid.
    expect(beganAt(process.pid)).toMatch(/^\d+$/)
    expect(Number(beganAt(other.pid!))).toBeGreaterThan(Number(beganAt(process.pid)))
    const elsewhere = temporaryFolder()
    symlinkSync(dirname(file), join(elsewhere, 'linked'))
    linkSync(`${file}-wal`, join(elsewhere, 'second.chalcogen-wal'))
    for (const path of [join(elsewhere, 'linked', 'library.chalcogen'), join(elsewhere, 'second.chalcogen')]) {
      expect(holdersOf(path)).toMatchObject([{ pid: other.pid }])
    }
    expect(holdersOf(file)).toEqual([{ pid: other.pid, name: expect.any(String) }])
    expect(describeHolders(file)).toMatch(new RegExp(`^ It is open in .+ \\(process ${other.pid}\\)\\.$`))
  } finally {
    other.kill()
    closeSync(handle)
  }
})

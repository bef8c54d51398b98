import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, closeSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeHolders, holdersOf } from '../../../src-main/library/lock-holders.ts'
import { beganAt, isAlive, isThisProcess, ownerText, parseOwner, thisProcess } from '../../../src-main/library/owner.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

test('an owner reads back as it was written, and anything else is no owner', () => {
  expect(parseOwner(ownerText())).toEqual(thisProcess())
  for (const text of [null, '', '{', 'null', '{"pid":1}', ownerText({ ...thisProcess(), pid: 1.5 })]) expect(parseOwner(text)).toBeNull()
})

test('this process is alive; one of another machine, boot or start time is not', () => {
  const own = thisProcess()
  expect([isAlive(own), isThisProcess(own)]).toEqual([true, true])
  for (const other of [{ host: 'elsewhere' }, { boot: 'earlier' }, { began: '1' }, { pid: 2 ** 30 }]) {
    expect([other, isAlive({ ...own, ...other }), isThisProcess({ ...own, ...other })]).toEqual([other, false, false])
  }
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
    expect(holdersOf(file)).toEqual([{ pid: other.pid, name: expect.any(String) }])
    expect(describeHolders(file)).toMatch(new RegExp(`^ It is open in .+ \\(process ${other.pid}\\)\\.$`))
  } finally {
    other.kill()
    closeSync(handle)
  }
})

import { describe, expect, test } from 'vitest'
import { importedText } from '../../../../../src-renderer/views/maintenance.ts'
import { diskUsageParts } from '../../../../../src-renderer/views/settings/disk-usage.ts'
import { readLimit } from '../../../../../src-renderer/views/settings/limit-field.ts'
import { progressText, shareOf } from '../../../../../src-renderer/views/settings/progress-text.ts'
import { reportText } from '../../../../../src-renderer/views/settings/report-text.ts'

const runs = { library: 0, archive: 0, trash: 0 }

describe('the disk usage of a library', () => {
  test('is what it uses, what it can free, and what is left of its limit', () => {
    const parts = diskUsageParts({ fileBytes: 5e9, freeBytes: 1e9, diskBytes: 1e12, runs, statuses: {} }, 20e9)
    expect(parts).toEqual({ kept: 0.2, reclaimable: 0.05, free: 0.75, beyond: 0 })
  })

  test('ends at the free space of the disk', () => {
    const parts = diskUsageParts({ fileBytes: 5e9, freeBytes: 0, diskBytes: 5e9, runs, statuses: {} }, 20e9)
    expect(parts).toEqual({ kept: 0.25, reclaimable: 0, free: 0.25, beyond: 0.5 })
  })

  test('is full if the file exceeds the limit, and an unknown disk has no end', () => {
    const of = (fileBytes: number) => diskUsageParts({ fileBytes, freeBytes: 0, diskBytes: null, runs, statuses: {} }, 1e9)
    expect(of(4e9)).toEqual({ kept: 1, reclaimable: 0, free: 0, beyond: 0 })
    expect(of(0).free).toBe(1)
  })
})

describe('a limit field', () => {
  const budget = { factor: 1e9, isWhole: false, min: 1e6, max: 1e15 }
  const hours = { factor: 1, isWhole: true, min: 0, max: 8760 }

  test.each([['20', 20e9], ['0.001', 1e6], ['1.5', 1.5e9], [' 2e1 ', 20e9]])('reads %j as %d B', (text, value) => {
    expect(readLimit(text, budget)).toEqual({ value })
  })

  test.each(['', 'much', '0', '-1', '1e999', '0.0001'])('refuses %j', (text) => {
    expect(readLimit(text, budget)).toEqual({ problem: expect.stringContaining('Enter a number from 0.001 to 1') })
  })

  test('accepts only whole hours', () => {
    expect(readLimit('0', hours)).toEqual({ value: 0 })
    expect(readLimit('1.5', hours)).toEqual({ problem: 'Enter a whole number from 0 to 8760.' })
  })
})

describe('the progress of a task', () => {
  const work = { task: 'check' as const, done: 43, total: 100, unit: 'bytes' as const, rate: 120e6, secondsLeft: 12.3, ended: false }

  test.each([
    [work, '43 % · 120 MB/s · 12.3 s left'], [{ ...work, secondsLeft: null }, '43 % · 120 MB/s'], [{ ...work, total: 0 }, ''],
    [{ ...work, unit: 'runs' as const, rate: 7.2 }, '43 % · 7 runs/s · 12.3 s left'],
  ])('case %#', (now, text) => expect(progressText(now)).toBe(text))

  test('never exceeds 100 %', () => expect(shareOf({ ...work, done: 101 })).toBe(1))
})

describe('the report of a check', () => {
  const report = { runs: 2, epochs: 500, arrays: 1, checkpoints: 6, bytes: 1e9, findings: [], stopped: false }
  const finding = { kind: 'array' as const, runId: 'run00001', message: 'is damaged', repaired: null }

  test.each([
    [report, 'No problems found.'],
    [{ ...report, stopped: true }, 'The check stopped early. No problems found so far.'],
    [{ ...report, findings: [finding] }, '1 problem found.'],
    [{ ...report, findings: [finding, finding], stopped: true }, '2 problems found before the check stopped.'],
  ])('case %#', (given, verdict) => expect(reportText(given).verdict).toBe(verdict))

  test('names what was checked', () => {
    expect(reportText(report).scope).toBe('Checked 2 runs, 500 epochs, 1 array and 6 checkpoint parts (1 GB).')
  })
})

test.each([[3, 0, '3 runs imported'], [0, 2, 'No new runs, 2 already in the library'], [1, 1, '1 run imported, 1 already in the library']])(
  'an import of %d new runs with %d present reports %s', (imported, present, text) => expect(importedText({ imported, present })).toBe(text))

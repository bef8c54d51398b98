import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { LayoutSpec } from '../../../src-engine/experiment/tasks/layout.ts'
import { readSignal } from '../../../src-main/transfer/signal-file.ts'
import { instrumentFiles } from '../../fixtures/signals/instrument-files.ts'
import { temporaryFolder } from './support.ts'

it('has files of many origins', () => {
  expect(new Set(instrumentFiles.map(({ origin }) => origin)).size).toBeGreaterThanOrEqual(60)
})

it.each(instrumentFiles)('$origin: $name', async ({ name, bytes, expected, gaps, column = '', layout }) => {
  const file = join(temporaryFolder(), name)
  writeFileSync(file, bytes)
  const choice = { column, gaps, layout: layout as LayoutSpec }
  if ('refused' in expected) {
    await expect(readSignal(file, choice)).rejects.toThrow(expected.refused)
    return
  }
  const first = await readSignal(file, choice)
  expect([first.columns[0]!.name, [...first.samples[0]!]]).toEqual([expected.column, expected.values])
  if (expected.unit !== undefined) expect(first.columns[0]!.unit).toBe(expected.unit)
  // What is kept reads the same without a guess.
  const again = await readSignal(file, { ...choice, column: expected.column, layout: first.table.layout })
  expect([again.table.confidence, [...again.samples[0]!]]).toEqual([null, expected.values])
  expect(again.table.layout).toEqual(first.table.layout)
})

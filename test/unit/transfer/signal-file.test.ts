import { closeSync, ftruncateSync, mkdirSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BadInput } from '../../../src-engine/experiment/problem.ts'
import { readSignal as read, readSignalTable } from '../../../src-main/transfer/signal-file.ts'
import { zip } from '../../fixtures/zip.ts'
import { temporaryFolder } from './support.ts'

const readSignal = async (file: string, column: string) => [...(await read(file, { column })).samples[0]!]

function fileOf(name: string, content: string | Uint8Array): string {
  const file = join(temporaryFolder(), name)
  writeFileSync(file, content)
  return file
}

const npyHeader = `\x93NUMPY\x01\0\x46\0${`{'descr': '<i2', 'fortran_order': False, 'shape': (2, 2), }`.padEnd(69)}\n`
const npy = Buffer.concat([Buffer.from(npyHeader, 'latin1'), Buffer.from(Int16Array.of(1, 2, 3, 4).buffer)])

describe('a signal file', () => {
  it('in text gives the named column, or the first that seems to be a signal', async () => {
    const file = fileOf('µ.CSV', 'Date,CO2,°C\nx,1,3\ny,2,4\n')
    expect(await readSignal(file, '°C')).toEqual([3, 4])
    expect(await readSignal(file, '')).toEqual([1, 2])
    expect((await readSignalTable(file)).columns.map(({ name }) => name)).toEqual(['Date', 'CO2', '°C'])
  })

  it('in NPY gives the column of that index', async () => {
    const file = fileOf('a.npy', npy)
    expect(await readSignal(file, '1')).toEqual([2, 4])
  })

  it('is recognised by its content, whatever its name', async () => {
    expect(await readSignal(fileOf('signal', 'a\n1\n2\n'), '')).toEqual([1, 2])
    expect(await readSignal(fileOf('a.csv', npy), '0')).toEqual([1, 3])
  })

  it('in NPZ has the columns of all its arrays', async () => {
    const file = fileOf('a.npz', zip([{ name: 'pair.npy', content: npy }, { name: 'notes.txt', content: 'none' }]))
    expect((await readSignalTable(file)).columns.map(({ name }) => name)).toEqual(['pair 0', 'pair 1'])
    expect(await readSignal(file, 'pair 1')).toEqual([2, 4])
  })

  it.for<[string, string, string | Uint8Array, string, string[]]>([
    ['a text cell', 'a.csv', 'wind,weather\n1,rain\n2,sun', 'weather', [`Row 2, column 'weather'`, `'rain'`, 'a finite number']],
    ['no such column', 'a.csv', 'wind,rain\n1,2\n2,3', 'Wind', [`'Wind'`, `'wind' or 'rain'`]],
    ['broken quotes', 'a.csv', 'a,b\n1,2\n3,4\n"5,6\n7,8', 'a', ['Row 4', 'quotation mark']],
    ['bytes of 0', 'a.csv', 'a\n1\n\u00002\n', '', ['binary']],
    ['a cut-off file', 'a.npy', npy.subarray(0, -1), '0', ['7 bytes', '8']],
    ['a workbook', 'a.csv', zip([{ name: 'xl/workbook.xml', content: '' }]), '', ['Excel', 'Save the sheet as CSV']],
    ['an archive that is damaged', 'a.npz', zip([{ name: 'x.npy', content: 'x' }]).subarray(0, 40), '', ['cannot be read']],
  ])('with %s is refused, naming the file and the place', async ([, name, content, column, parts]) => {
    const file = fileOf(name, content)
    const failure = readSignal(file, column)
    await expect(failure).rejects.toBeInstanceOf(BadInput)
    for (const part of [file, ...parts]) await expect(failure).rejects.toThrow(part)
  })

  it('must exist, be a file, and be small enough', async () => {
    const folder = temporaryFolder()
    await expect(readSignal(join(folder, 'none.csv'), '')).rejects.toThrow(/none\.csv does not exist\./)
    mkdirSync(join(folder, 'folder.csv'))
    await expect(readSignal(join(folder, 'folder.csv'), '')).rejects.toThrow('not a folder or a device')
    const large = openSync(join(folder, 'large.csv'), 'w')
    ftruncateSync(large, 64 * 2 ** 20 + 2 ** 18)
    closeSync(large)
    await expect(readSignal(join(folder, 'large.csv'), '')).rejects.toThrow(/must be at most 67\.1 MB\. Found 67\.4 MB\./)
  })
})

import { closeSync, ftruncateSync, mkdirSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BadInput } from '../../../src-engine/experiment/problem.ts'
import { readSignal, readSignalColumns } from '../../../src-main/transfer/signal-file.ts'
import { temporaryFolder } from './support.ts'

function fileOf(name: string, content: string | Uint8Array): string {
  const file = join(temporaryFolder(), name)
  writeFileSync(file, content)
  return file
}

const npyHeader = `\x93NUMPY\x01\0\x46\0${`{'descr': '<i2', 'fortran_order': False, 'shape': (2, 2), }`.padEnd(69)}\n`
const npy = Buffer.concat([Buffer.from(npyHeader, 'latin1'), Buffer.from(Int16Array.of(1, 2, 3, 4).buffer)])

describe('a signal file', () => {
  it('in CSV gives the named column, or the first numeric one', async () => {
    const file = fileOf('µ.CSV', 'Date,CO2,°C\nx,1,3\ny,2,4\n')
    expect(await readSignal(file, '°C')).toEqual([3, 4])
    expect(await readSignal(file, '')).toEqual([1, 2])
    expect((await readSignalColumns(file)).map(({ name }) => name)).toEqual(['Date', 'CO2', '°C'])
  })

  it('in NPY gives the column of that index', async () => {
    const file = fileOf('a.npy', npy)
    expect(await readSignal(file, '1')).toEqual([2, 4])
  })

  it.for<[string, string, string | Uint8Array, string, string[]]>([
    ['a text cell', 'a.csv', 'wind,weather\n1,rain\n2,sun', 'weather', [`Row 2, column 'weather'`, `'rain'`, 'a finite number']],
    ['no such column', 'a.csv', 'wind,rain\n1,2\n2,3', 'Wind', [`'Wind'`, `'wind' or 'rain'`]],
    ['broken quotes', 'a.csv', 'a,b\n"1,2\n3,4', 'a', ['Row 2', 'quotation mark']],
    ['text of another encoding', 'a.csv', Uint8Array.of(0x61, 0x0a, 0xb5), '', ['UTF-8']],
    ['a cut-off file', 'a.npy', npy.subarray(0, -1), '0', ['7 bytes', '8']],
    ['another extension', 'a.xlsx', 'a\n1\n2', '', ['.xlsx', '.csv or .npy']],
    ['no extension', 'signal', 'a\n1\n2', '', ['no extension']],
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

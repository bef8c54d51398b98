import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { addRun, metricsOf, open, packed, temporaryFolder } from './support.ts'

const run = promisify(execFile)
const isThere = async (...args: string[]) => run('python3', args).then(() => true, () => false)
const hasPython = await isThere('-c', 'import sqlite3')
const hasNumpy = hasPython && await isThere('-c', 'import numpy')

/** The recipe in docs/library.md, with another end for NumPy. */
function recipe(folder: string): string {
  const page = readFileSync(new URL('../../../docs/library.md', import.meta.url), 'utf8')
  const code = /```python\n([\s\S]*?)```/.exec(page)![1]!
  const file = join(folder, 'recipe.py')
  const numpy = code.replace(/# With NumPy: (.*)/, 'import numpy; print(json.dumps($1.tolist()))')
  writeFileSync(file, hasNumpy ? numpy : code)
  return file
}

// More of these than deflate makes smaller, and few that it does not.
const long = Float32Array.from({ length: 600 }, (_, k) => (k % 7) / 8)
const short = Float32Array.from([1.5, -0.25])

test.skipIf(!hasPython).for([['packed', long], ['raw', short]] as const)(
  'the recipe of the documentation reads runs, losses and %s arrays with Python alone', async ([, data]) => {
    const folder = temporaryFolder()
    const file = join(folder, 'library.chalcogen')
    const library = await open(file)
    const runId = await addRun(library, { seed: 9, task: { kind: 'sinusoids' } })
    const losses = [0.5, NaN, 0.1 + 0.2]
    const metrics = { accuracy: 0.75 }
    await library.appendEpochs(runId, losses.map((loss, index) => metricsOf(index + 1, { loss, metrics })), 12.5)
    await library.putArrays(runId, 3, [packed({ kind: 'weight', name: 'input', shape: [2, data.length / 2], data })])
    await library.close()
    const { stdout } = await run('python3', [recipe(folder), file])
    const [summary, losses20, stored, matrix] = stdout.trim().split('\n').map((line) => JSON.parse(line) as unknown)
    expect(summary).toEqual({
      run_id: runId, task: 'sinusoids', scheme: 'fp32', seed: 9, epochs_done: 3, loss_last_20: null, time_computed_s: 12.5,
    })
    expect(losses20).toEqual([0.5, null, 0.1 + 0.2])
    expect(stored).toEqual({ name: 'input', shape: [2, data.length / 2], values: [...data] })
    if (hasNumpy) expect(matrix).toEqual([[...data.subarray(0, data.length / 2)], [...data.subarray(data.length / 2)]])
  })

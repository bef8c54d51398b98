// npm run bench:search -- STUDY ARM [library=FILE] [restarts=N]
// Searches the settings of one arm with each optimiser and equal trials, and compares what they found on seeds that no search saw.
// With library=FILE, an interrupted comparison continues. Example: npm run bench:search -- paper mixed-precision/full library=/tmp/s.chalcogen
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { engineDigest } from '../../scripts/engine-digest.ts'
import { ensureKernels } from '../../scripts/kernels.ts'
import { formatNumber, formatWithError } from '../../src-engine/format/numbers.ts'
import { meanOf, sampleOf } from '../../src-engine/statistics/samples.ts'
import { type SearchTask, searchTasks } from '../../src-engine/study/search.ts'
import { optimisers } from '../../src-engine/study/study.ts'
import { createApp } from '../../src-main/app/app.ts'
import { findStudy } from '../../src-main/app/study-files.ts'
import type { SweepRunner } from '../../src-main/app/sweep-runner.ts'
import { searchOnce } from '../../src-main/app/study-search.ts'
import { threadFiles } from '../../src-main/threads/thread-files.ts'

/** Seeds that neither searches nor studies use. */
const SEEDS = Array.from({ length: 10 }, (_, k) => 401 + k)

const root = new URL('../../', import.meta.url)
const options = new Map(process.argv.slice(2).filter((arg) => arg.includes('=')).map((arg) => arg.split('=') as [string, string]))
const [word = 'paper', armId = 'mixed-precision/full'] = process.argv.slice(2).filter((arg) => !arg.includes('='))
const resourcesDir = new URL('resources', root).pathname
const { study } = await findStudy(word, { shipped: join(resourcesDir, 'studies'), own: process.cwd() }, process.cwd())
const task = searchTasks(study).find(({ id }) => id === armId)
if (!task) throw new Error(`There is no arm ${armId}. Choose ${searchTasks(study).map(({ id }) => id).join(', ')}`)
const restarts = Number(options.get('restarts') ?? task.search.restarts)

const folder = mkdtempSync(join(tmpdir(), 'chalcogen-'))
const app = await createApp({
  libraryFile: resolve(options.get('library') ?? join(folder, 'library.chalcogen')),
  resourcesDir,
  workers: threadFiles((name) => new URL(`src-main/${name}.ts`, root)),
  kernels: await ensureKernels(),
  engineDigest: await engineDigest(),
  applicationVersion: 'bench',
})

const runner: SweepRunner = {
  async start(document) {
    console.error(document.name)
    return app.startOrResumeSweep(document)
  },
  async finished(sweepId) {
    await app.sweeps.finished(sweepId)
    return true
  },
  runs: app.studies.runs,
}

/** Mean loss of settings over unseen seeds. */
async function unseenLoss(of: SearchTask, settings: Record<string, unknown>): Promise<number> {
  const document = { name: `Check ${of.label}`, spec: of.spec, variants: [{ label: 'best', changes: settings }], seeds: SEEDS }
  const sweepId = await runner.start(document)
  await runner.finished(sweepId)
  return meanOf((await runner.runs(sweepId)).map(({ lossLast20 }) => lossLast20 ?? NaN))
}

const text = (values: readonly number[]) => {
  const { mean, sd } = sampleOf(values)
  return `${formatWithError(mean, sd)} (${values.map(formatNumber).join(', ')})`
}

for (const optimiser of optimisers) {
  // Widening would give one optimiser more trials than another.
  const own = { ...task, label: `${task.label}, ${optimiser}`, search: { ...task.search, optimiser, widen: { times: 0, batches: 1 } } }
  const ends = []
  for (let restart = 1; restart <= restarts; restart++) ends.push((await searchOnce(own, restart, runner))!)
  const unseen: number[] = []
  for (const { best: { changes } } of ends) {
    unseen.push(await unseenLoss(own, Object.fromEntries(changes.map(({ path, value }) => [path, value]))))
  }
  console.log(`${optimiser}: ${ends[0]!.trials} trials × ${restarts} searches`)
  console.log(`  score on the search seeds: ${text(ends.map(({ best }) => best.score))}`)
  console.log(`  mean loss on seeds ${SEEDS[0]} to ${SEEDS.at(-1)}: ${text(unseen)}`)
}
await app.close()
rmSync(folder, { recursive: true })

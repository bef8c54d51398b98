// npm run bench:arithmetics [PRESET…] [epochs=N]
// Trains presets with ten seeds in both arithmetics and tests whether their losses differ. The default preset is fp32.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureKernels } from '../../scripts/kernels.ts'
import { sampleOf } from '../../src-engine/statistics/samples.ts'
import { permutationTest } from '../../src-engine/statistics/two-sample.ts'
import { type App, createApp } from '../../src-main/app/app.ts'
import { threadFiles } from '../../src-main/threads/thread-files.ts'

/** Seeds that no settings search has used. */
const SEEDS = Array.from({ length: 10 }, (_, k) => 301 + k)

const root = new URL('../../', import.meta.url)
const args = process.argv.slice(2)
const epochs = Number(args.find((arg) => arg.startsWith('epochs='))?.slice('epochs='.length) ?? 250)
const presets = args.filter((arg) => !arg.includes('='))

async function lossesOf(app: App, preset: string, arithmetic: string): Promise<number[]> {
  const { spec } = (await app.presets()).find(({ id }) => id === `pattern-generation/${preset}`)!
  const runIds = await Promise.all(SEEDS.map(async (seed) => {
    const document = { ...spec, seed, training: { epochs, arithmetic }, recording: { snapshotEvery: 0 } }
    return app.start(await app.prepare(document, preset, '.'))
  }))
  const ended = await Promise.all(runIds.map((runId) => app.finished(runId)))
  return ended.map(({ lossLast20 }) => lossLast20!)
}

const describe = (name: string, losses: number[]) => {
  const { mean, sd } = sampleOf(losses)
  console.log(`  ${name}: mean ${mean.toFixed(5)}, SD ${sd!.toFixed(5)}; ${losses.map((loss) => loss.toFixed(4)).join(' ')}`)
}

const folder = mkdtempSync(join(tmpdir(), 'chalcogen-'))
const app = await createApp({
  libraryFile: join(folder, 'library.chalcogen'),
  resourcesDir: new URL('resources', root).pathname,
  workers: threadFiles((name) => new URL(`src-main/${name}.ts`, root)),
  kernels: await ensureKernels(),
  engineDigest: 'bench',
  applicationVersion: 'bench',
})
for (const preset of presets.length > 0 ? presets : ['fp32']) {
  console.log(`${preset}, ${epochs} epochs, seeds ${SEEDS[0]} to ${SEEDS.at(-1)}: MSE, mean of the last 20 epochs`)
  const [reference, fast] = [await lossesOf(app, preset, 'float64'), await lossesOf(app, preset, 'float32')]
  describe('float64', reference)
  describe('float32', fast)
  const { difference, p } = permutationTest(fast, reference)
  console.log(`  float32 minus float64: ${difference.toExponential(2)}; p = ${p.toFixed(3)} (exact permutation test)`)
}
await app.close()
rmSync(folder, { recursive: true })

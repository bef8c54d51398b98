// node scripts/make-example.ts: trains the example runs of a first start and packs them into resources/example/runs.zip.
// Run it again when a release changes the engine's results. Apart from dates and environment, the output is always the same.
import { copyFile, mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type App, createApp } from '../src-main/app/app.ts'
import { exampleFile } from '../src-main/app/example.ts'
import { provideEngineDigest } from './engine-digest.ts'
import { appOptions, resourcesDir } from '../src-main/cli/surroundings.ts'
import { main } from './runtime/run.ts'

/** Digital weights and devices: the comparison that the application is made for. The list shows the newer run first. */
const examples = [
  { preset: 'pattern-generation/fp32', name: 'Example: digital' },
  { preset: 'pattern-generation/mixed-precision', name: 'Example: on PCM' },
]
const LARGEST_BYTES = 450_000

/** Trains a preset, with only the final snapshot, which changes no result. Returns the run's id. */
async function train(app: App, { preset, name }: typeof examples[number]): Promise<string> {
  const found = (await app.presets()).find(({ id }) => id === preset)
  if (!found) throw new Error(`There is no preset ${preset}.`)
  const recording = { ...found.spec.recording, snapshotEvery: 0 }
  const runId = await app.start(await app.prepare({ ...found.spec, name, recording }, name, resourcesDir))
  const { status, lossLast20 } = await app.finished(runId)
  console.log(`${name}: ${status}, MSE ${lossLast20}`)
  if (status !== 'done') throw new Error(`${name} did not finish. Its status is ${status}.`)
  return runId
}

await main(async () => {
  await provideEngineDigest()
  const folder = await mkdtemp(path.join(tmpdir(), 'chalcogen-example-'))
  const app = await createApp({ ...appOptions(), libraryFile: path.join(folder, 'library.chalcogen') })
  try {
    const runIds: string[] = []
    for (const example of examples) runIds.push(await train(app, example))
    const archive = (await app.exportRuns(runIds, 'archive', folder))[0]!
    const { size } = await stat(archive)
    if (size > LARGEST_BYTES) throw new Error(`The example has ${size} bytes, but the limit is ${LARGEST_BYTES}.`)
    const target = exampleFile(resourcesDir)
    await mkdir(path.dirname(target), { recursive: true })
    await copyFile(archive, target)
    console.log(`${target}: ${size} bytes`)
    return 0
  } finally {
    await app.close()
    await rm(folder, { recursive: true })
  }
})

// npm run digests [-- --of FOLDER]
// Prints the digest of every preset after a few epochs and of 200 small random experiments, one per line. With --of, another checkout
// trains them, so that `diff` compares two checkouts: npm run -s digests > now.txt; npm run -s digests -- --of ../before > before.txt
import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { type Named, randomSpecs } from './digests/specs.ts'

const EPOCHS_OF_PRESETS = [1, 4]
const RANDOM_SPECS = 200

const root = fileURLToPath(new URL('../', import.meta.url))
const { values } = parseArgs({ options: { of: { type: 'string' } } })
const checkout = resolve(values.of ?? root)

const load = (file: string): Promise<unknown> => import(pathToFileURL(join(checkout, file)).href)
const { ensureKernels } = await load('scripts/kernels.ts') as typeof import('./kernels.ts')
const { kernelsFor } = await load('src-engine/training/kernels-for.ts') as typeof import('../src-engine/training/kernels-for.ts')
const { Trainer } = await load('src-engine/training/trainer.ts') as typeof import('../src-engine/training/trainer.ts')
const { prepareSpec } = await load('src-main/app/prepare.ts') as typeof import('../src-main/app/prepare.ts')
const module = new WebAssembly.Module(readFileSync(await ensureKernels()))

function presets(): Named[] {
  const folder = join(root, 'resources/presets')
  return globSync('**/*.json', { cwd: folder }).sort().map((file) => {
    const { spec } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { spec: object }
    return { name: file.replaceAll('\\', '/').replace('.json', ''), document: { ...spec } }
  })
}

/** Digests after the given epochs, or the error of a checkout that cannot train the document. */
async function digestsOf({ name, document }: Named, epochs: readonly number[]): Promise<string> {
  try {
    const spec = await prepareSpec(document, { source: name, access: root, resourcesDir: join(root, 'resources') })
    const trainer = new Trainer(spec, kernelsFor(spec, module))
    return epochs.map((epoch) => {
      while (trainer.sequencesDone < epoch * spec.task.patterns) trainer.step()
      return createHash('sha256').update(trainer.digest()).digest('hex')
    }).join(' ')
  } catch (error) {
    return (error as Error).message.replaceAll('\n', ' ')
  }
}

for (const preset of presets()) console.log(preset.name, await digestsOf(preset, EPOCHS_OF_PRESETS))
for (const random of randomSpecs(RANDOM_SPECS)) console.log(random.name, await digestsOf(random, [1, 3]))

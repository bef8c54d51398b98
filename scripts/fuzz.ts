// npm run test:fuzz: reads changed archives, libraries, specs, CSV and NPY files: -- --inputs 10000 --seed 7 csv npy
import { parseArgs } from 'node:util'
import { failureFolder, fuzz, type KindName, kindNames } from '../test/fuzz/fuzz.ts'

const { values, positionals } = parseArgs({
  options: { inputs: { type: 'string', default: '1000' }, seed: { type: 'string', default: String(Date.now() % 1_000_000) } }, allowPositionals: true,
})
const [inputs, seed] = [Number(values.inputs), Number(values.seed)]
const unknown = positionals.find((word) => !(kindNames as readonly string[]).includes(word))
if (unknown !== undefined || !Number.isSafeInteger(inputs) || inputs < 1 || !Number.isSafeInteger(seed)) {
  console.error(`Usage: npm run test:fuzz -- [--inputs 1000] [--seed 7] [${kindNames.join('] [')}]`)
  process.exit(2)
}

const MOST_SHOWN = 10
let failed = false
for (const kind of positionals.length > 0 ? positionals as KindName[] : kindNames) {
  const { read, refused, faults } = await fuzz(kind, { inputs, seed })
  console.log(`${kind}: seed ${seed}, ${read} read, ${refused} refused, ${faults.length} faults`)
  for (const fault of faults.slice(0, MOST_SHOWN)) console.log(`  ${fault}`)
  failed ||= faults.length > 0
}
if (failed) console.log(`Fix the faults, and keep their inputs: move them from ${failureFolder} to test/fuzz/corpus/<kind>.`)
process.exitCode = failed ? 1 : 0

// npm run bench:long [EPOCHS RUNS]
// Time and peak memory of the command line with one run of very many epochs (run, show and every export) and with very many runs of
// one epoch.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureCommandLine } from '../../scripts/command-line.ts'

const [epochs = 200_000, runs = 1000] = process.argv.slice(2).map(Number)
const program = await ensureCommandLine()
const folder = mkdtempSync(join(tmpdir(), 'chalcogen-bench-'))
const library = join(folder, 'library.chalcogen')
const peak = join(folder, 'peak')
/** Writes the peak memory of the program to a file when it ends, kB. */
const hook = `data:text/javascript,${encodeURIComponent(`
  import { writeFileSync } from 'node:fs'
  import { isMainThread } from 'node:worker_threads'
  if (isMainThread) process.on('exit', () => writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS)))
`)}`

function timed(what: string, ...args: string[]): string {
  const began = performance.now()
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', hook, program, ...args, '--library', library], {
    encoding: 'utf8', maxBuffer: 2 ** 30, env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'cache') },
  })
  if (status !== 0) throw new Error(`${what} ended with ${status}: ${stderr.slice(-2000)}`)
  const seconds = (performance.now() - began) / 1000
  console.log(`${what.padEnd(40)} ${seconds.toFixed(1).padStart(7)} s  ${(Number(readFileSync(peak, 'utf8')) / 1024).toFixed(0).padStart(6)} MB`)
  return stdout
}

const tiny = {
  task: { kind: 'sinusoids', patterns: 1, steps: 10, inputChannels: 2 }, network: { recurrentNeurons: 3 }, scheme: { kind: 'fp32' },
}
const file = (name: string, document: unknown) => {
  writeFileSync(join(folder, name), JSON.stringify(document))
  return join(folder, name)
}

try {
  const long = file('long.json', { ...tiny, training: { epochs }, recording: { snapshotBest: false } })
  const short = file('short.json', { ...tiny, training: { epochs: 1 } })
  timed('one run of 1 epoch', 'run', short)
  const { runId } = JSON.parse(timed(`one run of ${epochs} epochs`, 'run', long, '--json')) as { runId: string }
  timed('show', 'show', runId)
  timed('show --json', 'show', runId, '--json')
  for (const format of ['csv', 'json', 'archive']) timed(`export ${format}`, 'export', runId, '--format', format, '--out', join(folder, format))
  for (const count of [runs / 10, runs]) {
    const seeds = Array.from({ length: count }, (_, index) => index + 1)
    timed(`${count} runs of one epoch`, 'sweep', file('sweep.json', { spec: { ...tiny, training: { epochs: 1 } }, seeds }))
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

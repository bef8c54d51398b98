// npm run test:chaos: kills programs at random moments and continues their work, or lets many programs use one library.
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { formatNumber } from '../src-engine/format/numbers.ts'
import { counted } from '../src-engine/format/words.ts'
import { startCrowd } from './chaos/crowd.ts'
import { Kills } from './chaos/kills.ts'
import { killAll } from './chaos/program.ts'
import { ProgressLine } from './chaos/progress.ts'
import { root } from './runtime/paths.ts'
import { main } from './runtime/run.ts'

const folder = join(root, 'test-results/chaos')
const HELP = `Usage: npm run test:chaos -- [--rounds 200] [--seed 1] [--only halving]
       npm run test:chaos -- --processes 4 [--minutes 2] [--seed 1]

The first kills runs, sweeps, tournaments and queues at random moments, continues them by the documented commands, and
compares digests, arms, places and winners with an undisturbed library. The second lets so many processes use one library.
Libraries that deviate stay in test-results/chaos. Ctrl+C ends early and reports what is known.`

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' }, processes: { type: 'string' },
    minutes: { type: 'string', default: '2' }, only: { type: 'string', default: '' }, help: { type: 'boolean', short: 'h', default: false },
  },
})

let isStopped = false
process.on('SIGINT', () => {
  if (isStopped) process.exit(130)
  isStopped = true
})

function numberOf(name: 'rounds' | 'seed' | 'processes' | 'minutes'): number {
  const number = Number(values[name])
  if (Number.isFinite(number) && number >= 0) return number
  throw new Error(`--${name} must be a number. Found ${values[name]}.`)
}

async function kill(rounds: number, seed: number): Promise<number> {
  console.log('Doing all work once without disturbance …')
  const kills = await Kills.prepare(folder, values.only)
  const progress = new ProgressLine()
  let deviating = 0
  let done = 0
  for (; done < rounds && !isStopped; done++) {
    const rate = done > 0 ? `, ${formatNumber(done / progress.seconds)} rounds/s` : ''
    progress.show(done / rounds, `${done} of ${rounds} rounds, ${deviating} with deviations${rate}`)
    const { number, scenario, deviations, library } = await kills.round(done, seed)
    if (isStopped) break
    if (deviations.length === 0) continue
    deviating++
    progress.end()
    console.log(`✗ round ${number} of seed ${seed}, ${scenario}: ${deviations.join('\n  ')}\n  Library: ${library}`)
  }
  progress.end()
  console.log(`${counted(done, 'round')} with seed ${seed}: ${done - deviating} as undisturbed, ${deviating} with deviations`)
  return deviating > 0 || done < rounds ? 1 : 0
}

async function crowd(processes: number, minutes: number, seed: number): Promise<number> {
  const all = startCrowd(join(folder, `crowd of ${processes}`), processes, seed)
  const progress = new ProgressLine()
  while (progress.seconds < minutes * 60 && !isStopped) {
    const rate = `${formatNumber(all.commands / progress.seconds)} commands/s`
    const known = `${counted(all.commands, 'command')}, ${counted(all.deviations.length, 'deviation')}, ${rate}`
    progress.show(progress.seconds / (minutes * 60), known)
    await setTimeout(250)
  }
  all.stop()
  await all.ended
  progress.end()
  for (const deviation of all.deviations) console.log(`✗ ${deviation}`)
  console.log(`${counted(all.commands, 'command')} of ${counted(processes, 'program')}: ${counted(all.deviations.length, 'deviation')}\nLibrary: ${all.library}`)
  return all.deviations.length > 0 ? 1 : 0
}

await main(async () => {
  if (values.help) {
    console.log(HELP)
    return 0
  }
  const seed = numberOf('seed')
  try {
    return await (values.processes === undefined ? kill(numberOf('rounds'), seed) : crowd(numberOf('processes'), numberOf('minutes'), seed))
  } finally {
    killAll()
  }
})

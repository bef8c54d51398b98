import { parentPort, workerData } from 'node:worker_threads'
import { kernelsFor } from '../../src-engine/training/kernels-for.ts'
import { Trainer } from '../../src-engine/training/trainer.ts'
import { EngineLink } from './engine-link.ts'
import type { EngineTask, ProbeTask, ToEngine } from './messages.ts'
import { train } from './train.ts'
import { probeSequences } from './probe-sequences.ts'

const port = parentPort!
const job = workerData as EngineTask | ProbeTask

if (job.kind === 'probe') port.postMessage(probeSequences(() => new Trainer(job.spec, kernelsFor(job.spec, job.kernels))))
else work(job)

/** Computes one run after the other. */
function work(first: EngineTask): void {
  const run = (task: EngineTask) => void train(() => makeTrainer(task), task, new EngineLink(port, true))
  port.on('message', (message: ToEngine) => { if (message.kind === 'run') run(message.task) })
  run(first)
}

function makeTrainer({ spec, kernels, checkpoint }: EngineTask): Trainer {
  const own = kernelsFor(spec, kernels)
  return checkpoint ? Trainer.restore(spec, checkpoint.state, own) : new Trainer(spec, own)
}

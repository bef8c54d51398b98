import { parentPort, workerData } from 'node:worker_threads'
import { kernelsFor } from '../../src-engine/training/kernels-for.ts'
import { Trainer } from '../../src-engine/training/trainer.ts'
import { EngineLink } from './engine-link.ts'
import type { EngineTask, ProbeTask, ToEngine } from './messages.ts'
import { train } from './train.ts'
import { probeSequences } from './probe-sequences.ts'

const port = parentPort!
const job = workerData as EngineTask | ProbeTask

if (job.kind === 'probe') probe(job)
else work(job)

/** Times one experiment. The owner ends the thread. */
function probe({ spec, kernels }: ProbeTask): void {
  port.postMessage(probeSequences(() => new Trainer(spec, kernelsFor(spec, kernels))))
  port.ref()
}

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

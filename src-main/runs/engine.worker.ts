import { parentPort, workerData } from 'node:worker_threads'
import { kernelsFor } from '../../src-engine/training/kernels-for.ts'
import { Trainer } from '../../src-engine/training/trainer.ts'
import { EngineLink } from './engine-link.ts'
import type { EngineTask, ProbeTask } from './messages.ts'
import { train } from './train.ts'
import { probeSequences } from './probe-sequences.ts'

const job = workerData as EngineTask | ProbeTask

if (job.kind === 'probe') parentPort!.postMessage(probeSequences(() => new Trainer(job.spec, kernelsFor(job.spec, job.kernels))))
else void train(() => makeTrainer(job), job, new EngineLink(parentPort!))

function makeTrainer({ spec, kernels, checkpoint }: EngineTask): Trainer {
  const own = kernelsFor(spec, kernels)
  return checkpoint ? Trainer.restore(spec, checkpoint.state, own) : new Trainer(spec, own)
}

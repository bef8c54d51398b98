import { parentPort, workerData } from 'node:worker_threads'
import { kernelsFor } from '../../src-engine/training/kernels-for.ts'
import { Trainer } from '../../src-engine/training/trainer.ts'
import { EngineLink } from './engine-link.ts'
import type { EngineTask } from './messages.ts'
import { train } from './train.ts'

const task = workerData as EngineTask
void train(makeTrainer, task, new EngineLink(parentPort!))

function makeTrainer(): Trainer {
  const { spec, kernels, checkpoint } = task
  const own = kernelsFor(spec, kernels)
  return checkpoint ? Trainer.restore(spec, checkpoint.state, own) : new Trainer(spec, own)
}

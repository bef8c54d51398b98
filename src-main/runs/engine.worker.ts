import { parentPort, workerData } from 'node:worker_threads'
import { kernelsFor } from '../../src-engine/training/kernels-for.ts'
import { Trainer } from '../../src-engine/training/trainer.ts'
import { EngineLink } from './engine-link.ts'
import type { EngineTask } from './messages.ts'
import { train } from './train.ts'

const task = workerData as EngineTask
void train(() => new Trainer(task.spec, kernelsFor(task.spec, task.kernels)), task, new EngineLink(parentPort!))

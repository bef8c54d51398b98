import { parentPort, workerData } from 'node:worker_threads'
import { Trainer } from '../../src-engine/training/trainer.ts'
import { EngineLink } from './engine-link.ts'
import type { EngineTask } from './messages.ts'
import { train } from './train.ts'

const task = workerData as EngineTask
void train(() => new Trainer(task.spec), task, new EngineLink(parentPort!))

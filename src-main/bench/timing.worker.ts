import { parentPort, workerData } from 'node:worker_threads'
import { timeSequences, type TimingTask } from './timing.ts'

const { spec, repeated, kernels } = workerData as TimingTask
parentPort!.postMessage(timeSequences(spec, repeated, kernels))

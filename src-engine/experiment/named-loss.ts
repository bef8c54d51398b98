import { lossOf } from './task.ts'

interface Losses {
  loss: number | null
  lossLast20: number | null
}

/**
 * The losses of a run for a program that reads JSON or CSV: as every task has them, and under the name of the loss of its task, as
 * version 0.1.0 wrote them: `mse`, `mseLast20`.
 */
export function withNamedLoss<Run extends Losses & { task: string }>(run: Run): Run & Record<string, unknown> {
  const { id } = lossOf(run.task)
  return { ...run, [id]: run.loss, [`${id}Last20`]: run.lossLast20 }
}

/** Likewise for an epoch: `mse`, `patternMse`. @param task kind of the task */
export function withNamedEpochLoss<Epoch extends { loss: number; patternLosses: readonly number[] }>(
  epoch: Epoch, task: string,
): Epoch & Record<string, unknown> {
  const { id } = lossOf(task)
  return { ...epoch, [id]: epoch.loss, [`pattern${id.charAt(0).toUpperCase()}${id.slice(1)}`]: epoch.patternLosses }
}

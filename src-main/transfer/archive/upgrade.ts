/** Archives of version 1 called the loss `mse`, had no metrics besides it, and did not name the task in the summary. */
const BEFORE_LOSSES = 1

type Group = Record<string, unknown>

/** The summary of a run as version 2 has it. What is no object is left to the schema. */
export function upgradedSummary(summary: unknown, spec: unknown, version: number): unknown {
  if (version > BEFORE_LOSSES || !isGroup(summary)) return summary
  const { mse, mseLast20, ...others } = summary
  const task = isGroup(spec) && isGroup(spec.task) ? spec.task.kind : undefined
  return { ...others, task, ...given({ loss: mse, lossLast20: mseLast20 }), metrics: {} }
}

/** The metrics of an epoch as version 2 has them. */
export function upgradedEpoch(epoch: unknown, version: number): unknown {
  if (version > BEFORE_LOSSES || !isGroup(epoch)) return epoch
  const { mse, patternMse, ...others } = epoch
  return { ...others, ...given({ loss: mse, patternLosses: patternMse }), metrics: {} }
}

/** Without what is missing, so that the schema names it. */
const given = (group: Group): Group => Object.fromEntries(Object.entries(group).filter(([, value]) => value !== undefined))

const isGroup = (value: unknown): value is Group => typeof value === 'object' && value !== null && !Array.isArray(value)

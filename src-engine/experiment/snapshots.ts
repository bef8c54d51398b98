import type { Spec } from './spec.ts'

type Policy = Pick<Spec, 'recording' | 'training'>

/** Whether an epoch has a snapshot that does not depend on its loss: the last, at the interval, or 1, 2 and 5 of each decade. */
export function isScheduled(epoch: number, { recording, training }: Policy): boolean {
  const { snapshotEvery, snapshotLogarithmic, snapshotEnd } = recording
  return (snapshotEnd && epoch === training.epochs)
    || (snapshotEvery > 0 && (epoch === 1 || epoch % snapshotEvery === 0))
    || (snapshotLogarithmic && isOfTheSeries(epoch))
}

/** Number of snapshots at the end of a run, including the best one. */
export function snapshotCount({ recording, training }: Policy): number {
  const { snapshotEvery, snapshotLogarithmic, snapshotBest } = recording
  const isRegular = (epoch: number) => snapshotEvery > 0 && epoch % snapshotEvery === 0
  const special = new Set([1, training.epochs, ...(snapshotLogarithmic ? seriesUpTo(training.epochs) : [])])
  const beside = [...special].filter((epoch) => isScheduled(epoch, { recording, training }) && !isRegular(epoch))
  const regular = snapshotEvery > 0 ? Math.floor(training.epochs / snapshotEvery) : 0
  return regular + beside.length + (snapshotBest ? 1 : 0)
}

/** 1, 2, 5, 10, 20, 50, … */
function seriesUpTo(last: number): number[] {
  const series: number[] = []
  for (let decade = 1; decade <= last; decade *= 10) series.push(decade, 2 * decade, 5 * decade)
  return series.filter((epoch) => epoch <= last)
}

function isOfTheSeries(epoch: number): boolean {
  let mantissa = epoch
  while (mantissa % 10 === 0) mantissa /= 10
  return mantissa === 1 || mantissa === 2 || mantissa === 5
}

import { descriptionOf } from '../experiment/parameters.ts'
import { parameterText } from '../experiment/value-text.ts'
import { scaleOf } from '../figure/scale.ts'
import { labelOf } from './chart.ts'
import { titleOf } from './compared-groups.ts'

/** A finished run of a sweep. */
export interface SweptRun {
  runId: string
  seed: number
  /** Index of its arm. */
  arm: number
  label: string
  /** Of the metric; NaN or infinite if the run diverged. */
  value: number
  /** By the path of each swept parameter; undefined where the run does not have it. */
  parameters: ReadonlyMap<string, unknown>
}

export interface Swept {
  runs: readonly SweptRun[]
  /** 'MSE, mean of last 20 epochs' */
  metric: string
  scale: 'log' | 'linear'
  /** Ids of runs that are ticked. */
  ticked: ReadonlySet<string>
}

/** Runs with the same value of a parameter. */
export interface Level {
  text: string
  /** Null if it is no number. */
  number: number | null
  runs: SweptRun[]
}

/** Levels of a parameter, numbers in ascending order, others as they come. */
export function levelsOf(runs: readonly SweptRun[], path: string): Level[] {
  const levels = [...Map.groupBy(runs, (run) => levelText(run, path))].map(([text, own]): Level => {
    const value = own[0]!.parameters.get(path)
    return { text, number: typeof value === 'number' ? value : null, runs: own }
  })
  return levels.sort((a, b) => (a.number ?? NaN) - (b.number ?? NaN) || 0)
}

export const levelText = ({ parameters }: SweptRun, path: string) => parameterText(path, parameters.get(path) ?? null)

/** 'Input learning rate (1/s)' */
export const parameterLabel = (path: string) => labelOf({ name: titleOf(path), unit: descriptionOf(path).unit ?? undefined })

/** Largest over smallest value from which an axis of a parameter is logarithmic. */
const LOG_RATIO = 10

/** Scale on which the values of a parameter are far apart. */
export const scaleOfLevels = (numbers: readonly number[]): 'log' | 'linear' =>
  (Math.min(...numbers) > 0 && Math.max(...numbers) / Math.min(...numbers) >= LOG_RATIO ? 'log' : 'linear')

/** Places of values from 0 for the smallest to 1 for the largest. */
export const rescaled = (values: readonly number[], scale: 'log' | 'linear') =>
  scaleOf({ scale, name: '', from: Math.min(...values), to: Math.max(...values) }, values, () => true).at

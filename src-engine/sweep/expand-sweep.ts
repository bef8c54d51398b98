import { boundsProblem } from '../experiment/bounds.ts'
import { type Change, withChanges } from '../experiment/change.ts'
import { checkSpec } from '../experiment/parse.ts'
import { numberPaths, settingPaths, suggestedPath, wholePaths } from '../experiment/paths.ts'
import { describeProblem, type Problem, problemsOf } from '../experiment/problem.ts'
import type { Spec } from '../experiment/spec.ts'
import { type Axis, axisSchema, MOST_RUNS, type Sweep, sweepSchema } from '../experiment/sweep.ts'
import { joinedName, labelOf } from './label.ts'
import { rangeOf, unitPoints, between } from './points.ts'
import { MOST_DIMENSIONS } from './sobol.ts'

/** One variation of the experiment, with the first seed of the sweep. */
export interface PlannedArm {
  label: string
  changes: Change[]
  spec: Spec
}

/** One run of a sweep. */
export interface PlannedRun {
  /** Index of its arm, from 0. */
  arm: number
  seed: number
  spec: Spec
}

export type Expanded =
  | { ok: true; sweep: Sweep; arms: PlannedArm[]; runs: PlannedRun[] }
  | { ok: false; problems: Problem[] }

type Failure = Extract<Expanded, { ok: false }>

const known = new Set(settingPaths())
const whole = wholePaths()
const numeric = numberPaths()
/** A sweep sets these in other places. */
const notVaried = new Set(['seed', 'name', 'preset'])

/**
 * Expands a sweep document from outside to its runs, or lists everything that is wrong with it by its path in the document.
 * Runs are ordered seed by seed, so that all arms have about the same number of seeds whenever the sweep is stopped.
 */
export function expandSweep(document: unknown): Expanded {
  const steps = expansionOf(document)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** Expands like `expandSweep`, in steps of one arm each, so that other work can be done between them. */
export function* expansionOf(document: unknown): Generator<void, Expanded> {
  const excess = boundsProblem(document)
  if (excess) return failed([excess])
  const parsed = sweepSchema.safeParse(document)
  if (!parsed.success) return failed([...problemsOf(parsed.error, document), ...problemsOfGoodAxes(document)])
  const sweep = parsed.data
  const ofAxes = sweep.axes.flatMap(axisProblems)
  const problems = [...baseProblems(sweep), ...ofAxes, ...variantProblems(sweep), ...wholeProblems(sweep)]
  if (problems.length > 0) return failed(problems)
  const variations = variationsOf(sweep)
  if (variations.length * sweep.seeds.length > MOST_RUNS) return failed([tooMany(variations.length * sweep.seeds.length)])
  return yield* withArms(sweep, variations)
}

function* withArms(sweep: Sweep, variations: Variation[]): Generator<void, Expanded> {
  const arms: PlannedArm[] = []
  const problems: Problem[] = []
  for (const { label, changes } of variations) {
    const checked = checkSpec({ ...withChanges(sweep.spec, changes) as object, seed: sweep.seeds[0], name: nameOf(sweep, label) })
    if (checked.ok) arms.push({ label, changes, spec: checked.spec })
    else problems.push(...checked.problems.map((problem) => placed(problem, { label, changes }, sweep)))
    yield
  }
  const halving = problems.length > 0 ? [] : halvingProblems(sweep, arms)
  if (problems.length > 0 || halving.length > 0) return failed(unique([...problems, ...halving]))
  const runs = sweep.seeds.flatMap((seed) => arms.map(({ spec }, arm) => ({ arm, seed, spec: { ...spec, seed } })))
  return { ok: true, sweep, arms, runs }
}

const failed = (problems: Problem[]): Failure => ({ ok: false, problems })

/** Limit of a run's name in the schema, characters. */
const LONGEST_NAME = 200

const nameOf = ({ name, spec }: Sweep, label: string) =>
  joinedName(name || (typeof spec.name === 'string' ? spec.name : ''), label, LONGEST_NAME)

function baseProblems({ spec }: Sweep): Problem[] {
  const checked = checkSpec(spec)
  return checked.ok ? [] : checked.problems.map((problem) => ({ ...problem, path: problem.path ? `spec.${problem.path}` : 'spec' }))
}

/** Problems of the axes that pass their own schema, in a document that has other errors. */
function problemsOfGoodAxes(document: unknown): Problem[] {
  const axes = typeof document === 'object' && document !== null && 'axes' in document && Array.isArray(document.axes) ? document.axes : []
  return axes.flatMap((axis: unknown, index) => {
    const parsed = axisSchema.safeParse(axis)
    return parsed.success ? axisProblems(parsed.data, index) : []
  })
}

function axisProblems(axis: Axis, index: number): Problem[] {
  const at = `axes.${index}`
  const { path } = axis
  const wrongPath = pathProblems(path, `${at}.path`)
  if (wrongPath.length > 0 || axis.kind === 'list') return wrongPath
  if (!numeric.has(path)) return [{ path: `${at}.kind`, rule: 'must be list, because this parameter is not a number', found: axis.kind }]
  const { from, to, scale } = axis
  if (scale === 'logarithmic' && from <= 0) return [{ path: `${at}.from`, rule: 'must be above 0 on a logarithmic scale', found: String(from) }]
  if (to <= from) return [{ path: `${at}.to`, rule: `must be above the start, ${from}`, found: String(to) }]
  return []
}

/** @param at where the path was given */
function pathProblems(path: string, at: string): Problem[] {
  if (path === 'seed') return [{ path: at, rule: 'must be a parameter. List the seeds under "seeds" instead', found: path }]
  if (notVaried.has(path)) return [{ path: at, rule: 'must be a parameter, not a label', found: path }]
  if (known.has(path)) return []
  const near = suggestedPath(path)
  return [{ path: at, rule: near ? `must be a setting. Did you mean ${near}?` : 'must be a setting such as learning.rateInput', found: path }]
}

function wholeProblems({ axes, seeds }: Sweep): Problem[] {
  const paths = axes.map(({ path }) => path)
  const twice = paths.flatMap((path, index) => (paths.indexOf(path) < index
    ? [{ path: `axes.${index}.path`, rule: 'must not be the parameter of another axis. List each parameter once', found: path }]
    : []))
  const sampled = axes.filter(({ kind }) => kind === 'sample').length
  const dimensions = sampled > MOST_DIMENSIONS
    ? [{ path: 'axes', rule: `must have at most ${MOST_DIMENSIONS} sampled parameters`, found: String(sampled) }]
    : []
  const repeated = seeds.find((seed, index) => seeds.indexOf(seed) < index)
  const seedTwice = repeated === undefined ? [] : [{ path: 'seeds', rule: 'must not repeat a seed', found: `${repeated} twice` }]
  return [...twice, ...dimensions, ...seedTwice]
}

function halvingProblems({ halving }: Sweep, arms: PlannedArm[]): Problem[] {
  if (halving === null) return []
  const epochs = [...new Set(arms.map(({ spec }) => spec.training.epochs))]
  if (epochs.length > 1) return [{ path: 'halving', rule: 'needs the same number of epochs in all arms', found: `${epochs.join(', ')} epochs` }]
  if (halving.firstEpochs < epochs[0]!) return []
  return [{ path: 'halving.firstEpochs', rule: `must be below the ${epochs[0]} epochs of the experiment`, found: String(halving.firstEpochs) }]
}

const tooMany = (runs: number): Problem =>
  ({ path: 'axes', rule: `must give at most ${MOST_RUNS} runs. Use fewer values, points or seeds`, found: `${runs} runs` })

/** Labels must differ, and no parameter may be set twice. */
function variantProblems({ variants, axes }: Sweep): Problem[] {
  const labels = variants.map(({ label }) => label)
  const varied = new Set(axes.map(({ path }) => path))
  return variants.flatMap(({ label, changes }, index) => [
    ...(labels.indexOf(label) < index ? [{ path: `variants.${index}.label`, rule: 'must not be the label of another variant', found: JSON.stringify(label) }] : []),
    ...Object.keys(changes).flatMap((path) => {
      const at = `variants.${index}.changes.${path}`
      const wrongPath = pathProblems(path, at)
      if (wrongPath.length > 0) return wrongPath
      return varied.has(path) ? [{ path: at, rule: 'must not be set here, because an axis varies it', found: '' }] : []
    }),
  ])
}

/** The changes of one arm, and the label made from them. */
export type Variation = Pick<PlannedArm, 'label' | 'changes'>

/** Number of arms of a valid sweep. */
export function armCount({ variants, axes, sampling }: Sweep): number {
  const values = axes.map((axis) => (axis.kind === 'sample' ? 1 : valuesOf(axis).length))
  const points = axes.some(({ kind }) => kind === 'sample') ? sampling.count : 1
  return values.reduce((product, count) => product * count, Math.max(1, variants.length) * points)
}

/** The arms of a valid sweep without their specs: every variant with every combination of the axes. */
export function variationsOf(sweep: Sweep): Variation[] {
  const crossed = armChanges(sweep)
  if (sweep.variants.length === 0) return crossed.map((changes) => ({ label: labelOf(changes, sweep.spec), changes }))
  return sweep.variants.flatMap((variant) => {
    const own = Object.entries(variant.changes).map(([path, value]) => ({ path, value }))
    const varied = withChanges(sweep.spec, own)
    return crossed.map((changes) => ({
      label: [variant.label, ...(changes.length > 0 ? [labelOf(changes, varied)] : [])].join(' · '),
      changes: [...own, ...changes],
    }))
  })
}

/** Changes by the axes: every combination of lists and ranges with every point of the sample. */
function armChanges(sweep: Sweep): Change[][] {
  const grid = sweep.axes.flatMap((axis) => (axis.kind === 'sample' ? [] : [valuesOf(axis).map((value) => ({ path: axis.path, value }))]))
  // Count first: too many combinations would fill the memory.
  const combinations = grid.reduce((product, values) => product * values.length, 1)
  if (combinations > MOST_RUNS) return Array.from({ length: MOST_RUNS + 1 }, () => [])
  const crossed = grid.reduce<Change[][]>((arms, values) => arms.flatMap((arm) => values.map((value) => [...arm, value])), [[]])
  const sampled = sampledChanges(sweep)
  return crossed.flatMap((arm) => sampled.map((point) => [...arm, ...point]))
}

const valuesOf = (axis: Exclude<Axis, { kind: 'sample' }>): unknown[] =>
  (axis.kind === 'list' ? axis.values : rangeOf(axis, whole.has(axis.path)))

function sampledChanges({ axes, sampling }: Sweep): Change[][] {
  const sampled = axes.flatMap((axis) => (axis.kind === 'sample' ? [axis] : []))
  if (sampled.length === 0) return [[]]
  return unitPoints(sampling, sampled.length).map((point) => sampled.map((axis, dimension) =>
    ({ path: axis.path, value: between(axis, point[dimension]!, whole.has(axis.path)) })))
}

/** Moves a problem of an arm's spec to its cause: the axis or the variant that set the value. Otherwise it names the arm. */
function placed(problem: Problem, { label, changes }: Variation, { axes, variants }: Sweep): Problem {
  const concerns = ({ path }: { path: string }) => problem.path === path || problem.path.startsWith(`${path}.`)
  const index = axes.findIndex(concerns)
  if (index < 0) {
    const variant = variants.findIndex((one) => label === one.label || label.startsWith(`${one.label} · `))
    const path = variant < 0 ? undefined : Object.keys(variants[variant]!.changes).find((own) => concerns({ path: own }))
    if (path !== undefined) return { ...problem, path: `variants.${variant}.changes.${path}` }
    const rule = `gave an arm that cannot be used: “${label}”. ${describeProblem(problem)}`
    return { path: variant < 0 ? 'axes' : `variants.${variant}`, rule, found: '' }
  }
  const axis = axes[index]!
  const place = axis.kind === 'list' ? `values.${axis.values.indexOf(changes.find(concerns)?.value)}` : 'from'
  return { ...problem, path: `axes.${index}.${place}` }
}

const unique = (problems: Problem[]): Problem[] =>
  [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()]

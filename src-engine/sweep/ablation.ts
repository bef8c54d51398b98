import { conventionSets, type Conventions } from '../spec/conventions.ts'
import { countsPulses, usesDevices } from '../spec/scheme.ts'
import type { DeviceSpec, Spec } from '../spec/spec.ts'
import type { SweepInput, Variant } from '../spec/sweep.ts'

type Seeds = readonly number[]

/** Enough for an interval, few enough to be run at once. */
const FEW_SEEDS = 5

/** Seeds of a comparison where none are given: the spec's own and those after it. */
export function seedsFrom({ seed }: Pick<Spec, 'seed'>, count = FEW_SEEDS): number[] {
  const first = Math.min(seed, Number.MAX_SAFE_INTEGER - count + 1)
  return Array.from({ length: count }, (_, k) => first + k)
}

/** How arms of an ablation are called; that of one non-ideality is 'no drift', or 'with drift' where the spec has none. */
export const ablationLabels = { allOn: 'all on', allOff: 'all off', asDesigned: 'as designed' } as const

/** What a device is not ideal in, each with its switch, in the order of tables. */
export const nonIdealities = [
  { setting: 'writeNoise', name: 'write noise' },
  { setting: 'nonlinearity', name: 'nonlinearity' },
  { setting: 'granularity', name: 'granularity' },
  { setting: 'readNoise', name: 'READ noise' },
  { setting: 'drift', name: 'drift' },
] as const satisfies readonly { setting: keyof DeviceSpec; name: string }[]

type NonIdeality = typeof nonIdealities[number]

/** Why a spec has no ablation; null where it has one. */
export function whyNoAblation({ scheme, device }: Pick<Spec, 'scheme' | 'device'>): string | null {
  if (!usesDevices(scheme)) return `An ablation switches off non-idealities of devices, and ${scheme.kind} uses none.`
  return device.model === 'pcm' ? null : 'An ablation switches off non-idealities, and devices of the performance mode have none; choose pcm.'
}

/**
 * Ablation of a spec: every non-ideality that can matter is switched by itself, and all together; the reference is the spec itself.
 * No two arms are the same experiment.
 * @throws RangeError where the spec's weights are in no devices, or in ideal ones.
 */
export function ablationOf(spec: Spec, seeds: Seeds = seedsFrom(spec)): SweepInput {
  const why = whyNoAblation(spec)
  if (why !== null) throw new RangeError(why)
  const switched = nonIdealities.filter(({ setting }) => setting !== 'granularity' || countsPulses(spec.scheme))
  const on = switched.filter(({ setting }) => spec.device[setting])
  const off = switched.filter(({ setting }) => !spec.device[setting])
  const { allOn, allOff, asDesigned } = ablationLabels
  const reference = off.length === 0 ? allOn : on.length === 0 ? allOff : asDesigned
  const variants: Variant[] = [
    { label: reference, changes: {} },
    ...switched.map((one) => (on.includes(one) ? switchedTo(false, [one], `no ${one.name}`) : switchedTo(true, [one], `with ${one.name}`))),
    ...(off.length > 1 ? [switchedTo(true, off, allOn)] : []),
    ...(on.length > 1 ? [switchedTo(false, on, allOff)] : []),
  ]
  return tournament(spec, 'non-idealities', variants, seeds)
}

const switchedTo = (value: boolean, those: readonly NonIdeality[], label: string): Variant =>
  ({ label, changes: Object.fromEntries(those.map(({ setting }) => [`device.${setting}`, value])) })

/** How arms with all conventions of one kind are called. */
export const conventionLabels = { corrected: 'corrected', published: 'published' } as const

interface Defect {
  setting: keyof Conventions
  /** The arm that has this defect alone. */
  label: string
  /** Whether it can change anything of such a spec. */
  matters(spec: Spec): boolean
}

/** Defects of the public code that have a switch, in the order of tables. */
export const defects: readonly Defect[] = [
  { setting: 'inputTrace', label: 'early input trace', matters: () => true },
  { setting: 'rounding', label: 'floored accumulator', matters: ({ scheme }) => 'accumulatorStep' in scheme },
  {
    setting: 'pulseCounts', label: 'pulses rounded up',
    matters: ({ scheme, device }) => countsPulses(scheme) && 'accumulatorStep' in scheme && device.granularity,
  },
  {
    setting: 'timeline', label: 'READ right after the WRITE',
    matters: ({ scheme, device }) => usesDevices(scheme) && device.model === 'pcm' && device.drift && device.driftExponent > 0,
  },
  { setting: 'pairStep', label: 'step of the mean', matters: ({ scheme }) => scheme.kind === 'multi-memristor' && scheme.pairs > 1 },
  { setting: 'selfConnections', label: 'noisy self-connections', matters: ({ scheme }) => usesDevices(scheme) },
]

/**
 * Published against corrected conventions, switch by switch: the reference has all that matter to the spec corrected, each arm one
 * as published, and the last one all. What is no defect (equations, estimate) stays as the spec has it.
 */
export function conventionsOf(spec: Spec, seeds: Seeds = seedsFrom(spec)): SweepInput {
  const found = defects.filter(({ matters }) => matters(spec))
  const { corrected, published } = conventionLabels
  const variants: Variant[] = [
    { label: corrected, changes: {} },
    ...found.map((defect) => asPublished([defect], defect.label)),
    ...(found.length > 1 ? [asPublished(found, published)] : []),
  ]
  return tournament({ ...spec, conventions: correctedOf(spec.conventions) }, 'conventions', variants, seeds)
}

const correctedOf = (conventions: Conventions): Conventions =>
  ({ ...conventions, ...Object.fromEntries(defects.map(({ setting }) => [setting, conventionSets.corrected[setting]])) })

const asPublished = (those: readonly Defect[], label: string): Variant =>
  ({ label, changes: Object.fromEntries(those.map(({ setting }) => [`conventions.${setting}`, conventionSets.published[setting]])) })

/** Arms of equal length; the first is the reference. */
function tournament(spec: Spec, question: string, variants: Variant[], seeds: Seeds): SweepInput {
  const name = [spec.name || spec.preset, question].filter(Boolean).join(' · ').slice(-160)
  return { name, spec, variants, seeds: [...seeds], comparison: { budget: { kind: 'epochs' }, reference: variants[0].label } }
}

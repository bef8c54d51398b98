import { conventionSets, type Conventions } from '../experiment/conventions.ts'
import { deviceModelOf, deviceModels, documentOf } from '../experiment/devices/registry.ts'
import { pairsOf, traitsOf, usesDevices } from '../experiment/scheme.ts'
import type { NonIdeality as DeviceNonIdeality } from '../experiment/devices/model.ts'
import type { DeviceSpec, Spec } from '../experiment/spec.ts'
import type { SweepInput, Variant } from '../experiment/sweep.ts'
import { valueText } from '../experiment/value-text.ts'
import { listed } from '../format/words.ts'
import { joinedName } from './label.ts'

type Seeds = readonly number[]

/** Enough for an interval, and few enough to run at once. */
const FEW_SEEDS = 5

/** Default seeds of a comparison: the spec's own seed and those after it. */
export function seedsFrom({ seed }: Pick<Spec, 'seed'>, count = FEW_SEEDS): number[] {
  const first = Math.min(seed, Number.MAX_SAFE_INTEGER - count + 1)
  return Array.from({ length: count }, (_, k) => first + k)
}

/** Labels of arms. The arm of one non-ideality is 'no drift', or 'with drift' if the spec has no drift. */
export const ablationLabels = { allOn: 'all on', allOff: 'all off', asDesigned: 'as designed' } as const

interface NonIdeality {
  /** A non-ideality of some models, or granularity, which is the update's. */
  setting: DeviceNonIdeality | 'granularity'
  name: string
  on: DeviceSpec[NonIdeality['setting']]
  off: DeviceSpec[NonIdeality['setting']]
}

/** Non-idealities of a device with their settings, in the order of tables. */
export const nonIdealities: readonly NonIdeality[] = [
  { setting: 'writeNoise', name: 'write noise', on: true, off: false },
  { setting: 'nonlinearity', name: 'nonlinearity', on: true, off: false },
  { setting: 'granularity', name: 'granularity', on: true, off: false },
  { setting: 'readNoise', name: 'READ noise', on: 'exact', off: 'off' },
  { setting: 'drift', name: 'drift', on: true, off: false },
]

/** Why a spec has no ablation; null if it has one. */
export function whyNoAblation({ scheme, device }: Pick<Spec, 'scheme' | 'device'>): string | null {
  if (!usesDevices(scheme)) return `An ablation switches off non-idealities of devices, but the ${valueText('scheme.kind', scheme.kind)} scheme uses no devices.`
  if (deviceModelOf(device.model).nonIdealities.length > 0) return null
  const others = deviceModels.filter(({ nonIdealities: those }) => those.length > 0).map(({ title, kind }) => `${title} (device.model=${kind})`)
  return `An ablation switches off non-idealities, but "${valueText('device.model', device.model)}" has none. Choose ${listed(others, 'or')}.`
}

/**
 * Ablation of a spec: each non-ideality that can matter is switched alone, then all together. The reference is the spec itself.
 * No two arms are the same experiment.
 * @throws RangeError if the spec's weights are not in devices, or in noiseless ones
 */
export function ablationOf(spec: Spec, seeds: Seeds = seedsFrom(spec)): SweepInput {
  const why = whyNoAblation(spec)
  if (why !== null) throw new RangeError(why)
  const ofModel = deviceModelOf(spec.device.model).nonIdealities
  const switched = nonIdealities.filter(({ setting }) => (setting === 'granularity' ? traitsOf(spec.scheme).countsPulses : ofModel.includes(setting)))
  const off = switched.filter((one) => spec.device[one.setting] === one.off)
  const on = switched.filter((one) => !off.includes(one))
  const { allOn, allOff, asDesigned } = ablationLabels
  const reference = off.length === 0 ? allOn : on.length === 0 ? allOff : asDesigned
  const variants: Variant[] = [
    { label: reference, changes: {} },
    ...switched.map((one) => (on.includes(one)
      ? switchedTo('off', [one], `no ${one.name}`)
      : switchedTo('on', [one], `with ${one.name}`))),
    ...(off.length > 1 ? [switchedTo('on', off, allOn)] : []),
    ...(on.length > 1 ? [switchedTo('off', on, allOff)] : []),
  ]
  return tournament(spec, 'non-idealities', variants, seeds)
}

const switchedTo = (to: 'on' | 'off', those: readonly NonIdeality[], label: string): Variant =>
  ({ label, changes: Object.fromEntries(those.map((one) => [`device.${one.setting}`, one[to]])) })

/** Labels of arms with all conventions of one kind. */
export const conventionLabels = { corrected: 'corrected', published: 'published', floored: 'published, floored' } as const

interface Defect {
  setting: keyof Conventions
  /** Label of the arm with this defect alone. */
  label: string
  /** Whether it can change any result of such a spec. */
  matters(spec: Spec): boolean
}

const follows = (scheme: Spec['scheme'], convention: ReturnType<typeof traitsOf>['conventions'][number]) =>
  traitsOf(scheme).conventions.includes(convention)

/** Defects of the public code that have a setting, in the order of tables. It has the rounding only on PyTorch 1.13 and later. */
export const defects: readonly Defect[] = [
  { setting: 'inputTrace', label: 'early input trace', matters: () => true },
  { setting: 'rounding', label: 'floored accumulator', matters: ({ scheme }) => follows(scheme, 'rounding') },
  {
    setting: 'pulseCounts', label: 'pulses rounded up',
    matters: ({ scheme, device }) => follows(scheme, 'pulseCounts') && device.granularity,
  },
  {
    setting: 'timeline', label: 'READ right after the WRITE',
    matters: ({ scheme, device }) => usesDevices(scheme) && (documentOf(device).drift?.exponent ?? 0) > 0,
  },
  { setting: 'pairStep', label: 'step of the mean', matters: ({ scheme }) => follows(scheme, 'pairStep') && pairsOf(scheme) > 1 },
  { setting: 'selfConnections', label: 'noisy self-connections', matters: ({ scheme }) => usesDevices(scheme) },
]

/**
 * Compares published with corrected conventions one by one. The reference has all that matter for the spec corrected, and each arm has
 * one defect. The last arms have all defects of the paper, and all of its code on PyTorch 1.13 or later. Conventions that are not
 * defects (equations, estimate) stay as in the spec.
 */
export function conventionsOf(spec: Spec, seeds: Seeds = seedsFrom(spec)): SweepInput {
  const found = defects.filter(({ matters }) => matters(spec))
  const ofPaper = found.filter(({ setting }) => setting !== 'rounding')
  const { corrected, published, floored } = conventionLabels
  const variants: Variant[] = [
    { label: corrected, changes: {} },
    ...found.map((defect) => withDefects([defect], defect.label)),
    ...(ofPaper.length > 1 ? [withDefects(ofPaper, published)] : []),
    ...(found.length > ofPaper.length ? [withDefects(found, floored)] : []),
  ]
  return tournament({ ...spec, conventions: correctedOf(spec.conventions) }, 'conventions', variants, seeds)
}

const correctedOf = (conventions: Conventions): Conventions =>
  ({ ...conventions, ...Object.fromEntries(defects.map(({ setting }) => [setting, conventionSets.corrected[setting]])) })

const withDefects = (those: readonly Defect[], label: string): Variant => ({
  label, changes: Object.fromEntries(those.map(({ setting }) => [`conventions.${setting}`, conventionSets['published-floored'][setting]])),
})

/** Limit of a sweep's name in the schema, characters. */
const LONGEST_NAME = 160

/** A sweep of arms of equal length, with the first arm as the reference. */
function tournament(spec: Spec, question: string, variants: Variant[], seeds: Seeds): SweepInput {
  const name = joinedName(spec.name || spec.preset, question, LONGEST_NAME)
  return { name, spec, variants, seeds: [...seeds], comparison: { budget: { kind: 'epochs' }, reference: variants[0]!.label } }
}

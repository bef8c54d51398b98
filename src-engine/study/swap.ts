import { type Change, withChanges } from '../experiment/change.ts'
import { parseSpec } from '../experiment/parse.ts'
import type { Variant } from '../experiment/sweep.ts'
import { emptySpec } from '../experiment/upgrades/upgrades.ts'
import { appliesTo, armsOf, changesOfArm, definedBy, type SettingsOf, type StudyArm, variantsOf } from './arms.ts'
import type { Planned, SwapCell } from './planned.ts'
import type { Section, Study } from './study.ts'

type SwapSection = Extract<Section, { kind: 'swap' }>

/**
 * Every scheme of a device with the best settings of every scheme. A scheme takes over each setting that it has too. It keeps the settings
 * that the other scheme does not have, and what defines it. So the diagonal is each scheme with its own settings.
 */
export function* swapOf(
  study: Study, { device, schemes, reference }: SwapSection, settings: SettingsOf,
): Generator<void, Planned> {
  const arms = armsOf(study)
    .filter((arm) => arm.device.id === device && (schemes === undefined || schemes.includes(arm.scheme.id)))
  const cells = arms.flatMap((arm) => arms.map((from) => ({ arm, from, label: labelOf(arm, from) })))
  const variants: Variant[] = []
  for (const { arm, from, label } of cells) {
    variants.push(...variantsOf(label, [swapped(arm, from, settings)], (own) => changesOfArm(arm, own)))
    yield
  }
  const own = arms.find(({ scheme }) => scheme.id === reference)!
  return {
    document: { spec: study.spec, variants, seeds: study.seeds, comparison: { reference: labelOf(own, own) } },
    swap: cells.map(({ arm, from, label }): SwapCell => ({ label, scheme: arm.scheme.label, settingsOf: from.scheme.label })),
  }
}

const labelOf = (arm: StudyArm, from: StudyArm) =>
  (arm === from ? arm.scheme.label : `${arm.scheme.label} with settings of ${from.scheme.label}`)

/** The settings of one arm with those of another in their place, where the scheme has them. */
function swapped(arm: StudyArm, from: StudyArm, settings: SettingsOf): Change[] {
  const { scheme } = parseSpec(withChanges(emptySpec, definedBy(arm)), arm.label)
  const bestOf = ({ settingsOf }: StudyArm) => settings(settingsOf)[0]!
  return [...bestOf(arm), ...bestOf(from).filter(({ path }) => path !== 'scheme.kind' && appliesTo(scheme, path))]
}

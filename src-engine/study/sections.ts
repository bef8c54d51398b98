import type { ConventionSet } from '../experiment/conventions.ts'
import { defaultScheme, type SchemeKind } from '../experiment/scheme.ts'
import type { SweepInput, Variant } from '../experiment/sweep.ts'
import { ablationOf, conventionsOf } from '../sweep/ablation.ts'
import { joinedName } from '../sweep/label.ts'
import { armOf, bestSpec, changesOfArm, comparedArms, merged, type SettingsOf, type StudyArm, variantsOf } from './arms.ts'
import type { Facets, ModeText, Planned, PlannedSection } from './planned.ts'
import { retuneTasks } from './retune.ts'
import type { Section, Study } from './study.ts'
import { swapOf } from './swap.ts'

/** Only the results and the final snapshot are kept, whose outputs the report shows. */
const recording = { snapshotEvery: 0, snapshotEnd: true }

/** Limit of a sweep's name in the schema, characters. */
const LONGEST_NAME = 160

/** The tournaments of a valid study, in its order. @throws Error if an arm has no settings */
export function sectionsOf(study: Study, settings: SettingsOf): PlannedSection[] {
  const steps = sectionSteps(study, settings)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The same in steps of one arm each, so that other work can be done between them. */
export function* sectionSteps(study: Study, settings: SettingsOf): Generator<void, PlannedSection[]> {
  const planned: PlannedSection[] = []
  for (const section of study.sections) {
    if (section.kind === 'budget') {
      const { id, title, intro, of, budget } = section
      planned.push({ ...planned.find((one) => one.id === of)!, id, title, intro, budget })
      continue
    }
    const { document, ...rest } = yield* plannedOf(study, section, settings)
    const { id, kind, title, intro } = section
    const name = joinedName(study.title, title, LONGEST_NAME)
    planned.push({ id, kind, title, intro, ...rest, document: { ...document, name, spec: merged(document.spec, { recording }) } })
  }
  return planned
}

function* plannedOf(study: Study, section: Exclude<Section, { kind: 'budget' }>, settings: SettingsOf): Generator<void, Planned> {
  switch (section.kind) {
    case 'schemes': return yield* schemesOf(study, section, settings)
    case 'ablation': return { document: ablation(study, section, settings) }
    case 'conventions': return { document: conventionsOf(bestSpec(study, section.of, settings), study.seeds) }
    case 'swap': return yield* swapOf(study, section, settings)
    case 'tournament': {
      const { spec, variants, comparison } = section
      return { document: { spec: merged(spec, study.spec), variants, seeds: study.seeds, comparison } }
    }
  }
}

type SchemesSection = Extract<Section, { kind: 'schemes' }>

function* schemesOf(
  study: Study, section: SchemesSection, settings: SettingsOf,
): Generator<void, Planned> {
  const { searches, conventions, reference } = section
  const arms = comparedArms(study, section)
  const labelOf = (arm: StudyArm) => (conventions === 'corrected' ? arm.label : `${arm.label}, ${conventions}`)
  const extra = conventions === 'corrected' ? {} : { conventions }
  const variants: Variant[] = []
  for (const arm of arms) {
    const found = settings(arm.settingsOf)
    variants.push(...variantsOf(labelOf(arm), searches === 'best' ? found.slice(0, 1) : found, (own) => changesOfArm(arm, own), extra))
    yield
  }
  return {
    document: { spec: study.spec, variants, seeds: study.seeds, comparison: { reference: labelOf(armOf(study, reference)) } },
    facets: Object.fromEntries(arms.map((arm) => [labelOf(arm), facetsOf(study, arm, conventions)])),
    modes: modesOf(study, arms),
  }
}

const facetsOf = ({ schemes }: Study, { scheme, device }: StudyArm, conventions: ConventionSet): Facets => ({
  scheme: (scheme.changes['scheme.kind'] ?? defaultScheme) as SchemeKind,
  name: scheme.label,
  ...(scheme.settings && { settingsOf: schemes.find(({ id }) => id === scheme.settings)!.label }),
  mode: device.id,
  conventions,
})

const modesOf = ({ devices }: Study, arms: readonly StudyArm[]): ModeText[] => {
  const used = devices.filter(({ id }) => arms.some(({ device }) => device.id === id))
  return used.map(({ id, title, name, short = name, settings }) =>
    ({ id, title, name, short, ...(settings && { settingsOf: devices.find((other) => other.id === settings)!.title }) }))
}

type AblationSection = Extract<Section, { kind: 'ablation' }>

/** An ablation, in which every arm has settings of its own if it is retuned. */
function ablation(study: Study, section: AblationSection, settings: SettingsOf): SweepInput {
  const whole = ablationOf(bestSpec(study, section.of, settings), study.seeds)
  if (section.retune === undefined) return whole
  const variants = retuneTasks(study, section, settings).flatMap(({ id, variant, changes }) =>
    variantsOf(variant, settings(id), (own) => [...own, ...changes]))
  return { ...whole, variants }
}

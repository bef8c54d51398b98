import type { Change } from '../experiment/change.ts'
import { numberLimits } from '../experiment/paths.ts'
import { ablationOf } from '../sweep/ablation.ts'
import { armOf, bestSpec, boxOf, changesOf, definedBy, type SettingsOf } from './arms.ts'
import { type SearchTask, searched } from './search.ts'
import type { Box, Section, Study } from './study.ts'

type AblationSection = Extract<Section, { kind: 'ablation' }>

/** A small search for one arm of an ablation. */
export interface RetuneTask extends SearchTask {
  /** Label of the arm in the ablation: 'no drift'. */
  variant: string
  /** What the arm switches. */
  changes: Change[]
}

const limits = numberLimits()

/**
 * Searches for the arms of an ablation that is retuned: around the best settings of its subject, with the same budget for every arm,
 * also for the one that switches nothing.
 */
export function retuneTasks(study: Study, section: AblationSection, settings: SettingsOf): RetuneTask[] {
  const { retune, of, id } = section
  if (retune === undefined || study.search === undefined) return []
  const { factor, ...budget } = retune
  const arm = armOf(study, of)
  const spec = bestSpec(study, of, settings)
  const box = boxAround(boxOf(study, arm), spec, factor)
  const search = { ...study.search, ...budget, widen: { times: 0, batches: 1 } }
  return (ablationOf(spec, study.seeds).variants ?? []).map((variant) => {
    const changes = changesOf(variant.changes)
    return {
      id: `${id}/${variant.label}`, label: `${arm.label}, ${variant.label}`, variant: variant.label, changes, box, search,
      spec: searched(spec, [...definedBy(arm), ...changes], study),
    }
  })
}

/** Searches for the arms of all sections that are retuned. */
export const retuneTasksOf = (study: Study, settings: SettingsOf, sections: readonly Section[] = study.sections): RetuneTask[] =>
  sections.flatMap((section) => (section.kind === 'ablation' ? retuneTasks(study, section, settings) : []))

/** Ranges around the values that the searched settings have. */
function boxAround(searchedBox: Box, spec: object, factor: number): Box {
  return Object.fromEntries(Object.keys(searchedBox).map((path) => {
    const value = valueAt(spec, path)
    const [least, most] = limits.get(path) ?? [0, Infinity]
    return [path, [Math.max(least, value / factor), Math.min(most, value * factor)]]
  }))
}

const valueAt = (spec: object, path: string): number =>
  Number(path.split('.').reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], spec))

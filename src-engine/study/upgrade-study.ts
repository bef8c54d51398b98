import { type SpecDocument, type Upgrade, upgradeChange, upgradeChanges, upgradeKnown, versionOf } from '../experiment/upgrades/upgrade.ts'
import type { Box, Section, Study } from './study.ts'

/** A study of a known version whose settings are those of the newest specs. The version of its spec is that of all of them. */
export function upgradeStudy(study: Study, steps: readonly Upgrade[]): Study {
  const version = versionOf(study.spec) as number
  const withChanges = <Part extends { changes: SpecDocument }>(part: Part) =>
    ({ ...part, changes: upgradeChanges(part.changes, version, steps) })
  const { search } = study
  return {
    ...study,
    spec: upgradeKnown(study.spec, steps),
    schemes: study.schemes.map((scheme) => ({ ...withChanges(scheme), box: upgradeBox(scheme.box, version, steps) })),
    devices: study.devices.map(withChanges),
    ...(search && { search: {
      ...withChanges(search),
      boxes: Object.fromEntries(Object.entries(search.boxes).map(([name, box]) => [name, upgradeBox(box, version, steps)])),
    } }),
    sections: study.sections.map((section) => upgradeSection(section, version, steps)),
  }
}

/** A section may vary a spec of its own, which belongs to the study's. */
function upgradeSection(section: Section, version: number, steps: readonly Upgrade[]): Section {
  if (section.kind !== 'tournament') return section
  return {
    ...section,
    spec: upgradeKnown({ ...section.spec, version }, steps),
    variants: section.variants.map((variant) => ({ ...variant, changes: upgradeChanges(variant.changes, version, steps) })),
  }
}

/** Both ends of each range. */
function upgradeBox(box: Box, version: number, steps: readonly Upgrade[]): Box {
  return Object.fromEntries(Object.entries(box).flatMap(([path, [low, high]]) => {
    const highs = new Map(upgradeChange(path, high, version, steps))
    return upgradeChange(path, low, version, steps).map(([own, value]) => [own, [value, highs.get(own)] as [number, number]])
  }))
}

import type { Change } from '../../src-engine/experiment/change.ts'
import type { Problem } from '../../src-engine/experiment/problem.ts'
import { armsOf, settingsOfPreset, type SettingsOf, type StudyArm } from '../../src-engine/study/arms.ts'
import { changesOfFound, type StudySettings } from '../../src-engine/study/settings.ts'
import type { Study } from '../../src-engine/study/study.ts'
import type { Preset } from '../contract/contract.ts'
import { BadInput } from '../contract/problem.ts'
import type { NamedStudy } from './study-files.ts'

/** Settings by the id of an arm; null if there are none. */
export type KnownSettings = (armId: string) => readonly (readonly Change[])[] | null

/** The preset of an arm of a study: `<folder>/<scheme>`. Null if the device names no folder. */
export const presetIdOf = ({ device: { presets }, scheme }: StudyArm): string | null => (presets === undefined ? null : `${presets}/${scheme.id}`)

/** Settings that are known without a search: those of a settings file first, then those of presets. */
export function knownSettings({ study, settings }: NamedStudy, presets: readonly Preset[]): KnownSettings {
  const specs = new Map(presets.map(({ id, spec }) => [id, spec]))
  const arms = armsOf(study)
  return (armId) => {
    const found = foundSettings(settings)(armId)
    if (found !== null) return found
    const arm = arms.find(({ id }) => id === armId)
    const spec = specs.get(arm ? presetIdOf(arm) ?? '' : '')
    return spec === undefined ? null : [settingsOfPreset(spec)]
  }
}

export const foundSettings = (settings: Pick<StudySettings, 'arms'> | null): KnownSettings => (armId) =>
  (settings !== null && Object.hasOwn(settings.arms, armId) ? settings.arms[armId]!.map(changesOfFound) : null)

/** Settings of every arm. @throws BadInput that names the arm without settings */
export const settingsOrRefuse = ({ id, study }: NamedStudy, known: KnownSettings): SettingsOf => (armId) => {
  const settings = known(armId)
  if (settings === null) throw new BadInput(`The study ${id}`, [missing(study, armId)])
  return settings
}

function missing(study: Study, armId: string): Problem {
  const arm = armsOf(study).find((one) => one.id === armId)
  const advice = `Search them${arm ? ', or name a folder of presets that has them' : ''}`
  const path = arm ? `devices.${study.devices.indexOf(arm.device)}.presets` : `sections.${armId.split('/')[0]}`
  return { path, rule: `gives no settings for ${arm?.label ?? armId}. ${advice}`, found: '' }
}

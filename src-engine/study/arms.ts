import { type Change, changesBetween, withChanges } from '../experiment/change.ts'
import { parseSpec } from '../experiment/parse.ts'
import type { Spec } from '../experiment/spec.ts'
import type { Variant } from '../experiment/sweep.ts'
import { emptySpec } from '../experiment/upgrades/upgrades.ts'
import type { Box, DeviceOfStudy, SchemeOfStudy, Study } from './study.ts'

/** One scheme on one device of a study. */
export interface StudyArm {
  /** 'sign/full' */
  id: string
  /** 'Sign, full PCM model' */
  label: string
  scheme: SchemeOfStudy
  device: DeviceOfStudy
  /** Id of the arm whose settings it has: its own, or that of another scheme or device. */
  settingsOf: string
}

/**
 * Settings of arms by the id of the arm: one list of changes for each independent search, the best first.
 * @throws Error if there are none
 */
export type SettingsOf = (armId: string) => readonly (readonly Change[])[]

/** The arms that a section compares: all of the study, or those of its devices and schemes. */
export function comparedArms(
  study: Study, { devices, schemes }: { devices?: readonly string[]; schemes?: readonly string[] },
): StudyArm[] {
  const isChosen = (ids: readonly string[] | undefined, { id }: { id: string }) => ids === undefined || ids.includes(id)
  return armsOf(study).filter(({ device, scheme }) => isChosen(devices, device) && isChosen(schemes, scheme))
}

/** All arms of a study, device by device. */
export const armsOf = ({ schemes, devices }: Pick<Study, 'schemes' | 'devices'>): StudyArm[] =>
  devices.flatMap((device) => device.schemes.map((name) => {
    const scheme = schemes.find(({ id }) => id === name)!
    return {
      id: `${name}/${device.id}`,
      label: [scheme.label, device.name].filter(Boolean).join(', '),
      scheme,
      device,
      settingsOf: `${scheme.settings ?? name}/${device.settings ?? device.id}`,
    }
  }))

/** The arm of a valid study with this id. */
export const armOf = (study: Study, armId: string): StudyArm => armsOf(study).find(({ id }) => id === armId)!

/** What makes an arm: its scheme on its device. A change of the device to a setting that the scheme does not have is left out. */
export function definedBy({ scheme, device }: Pick<StudyArm, 'scheme' | 'device'>): Change[] {
  const own = changesOf(scheme.changes)
  const settings = parseSpec(withChanges(emptySpec, own), scheme.label).scheme
  return [...own, ...changesOf(device.changes).filter(({ path }) => appliesTo(settings, path))]
}

export const changesOf = (changes: Readonly<Record<string, unknown>>): Change[] =>
  Object.entries(changes).map(([path, value]) => ({ path, value }))

/** Whether a scheme has a setting. Settings outside the scheme apply to all. */
export function appliesTo(scheme: Spec['scheme'], path: string): boolean {
  const [group, name] = path.split('.')
  return group !== 'scheme' || (name !== undefined && name in scheme)
}

/** An arm's whole experiment with the shared part of the study's spec. */
export const specOf = (study: Pick<Study, 'spec'>, arm: StudyArm, settings: readonly Change[]): Spec =>
  parseSpec(merged(withChanges(emptySpec, [...settings, ...definedBy(arm)]), study.spec), arm.label)

/** Changes that turn the default experiment into that of an arm, without what all arms share. */
export const changesOfArm = (arm: StudyArm, settings: readonly Change[]): Change[] =>
  settingsOfPreset(specOf({ spec: {} }, arm, settings))

const defaults = parseSpec({}, 'the defaults')

/** The experiment of an arm with its best settings. */
export function bestSpec(study: Study, armId: string, settings: SettingsOf): Spec {
  const arm = armOf(study, armId)
  return specOf(study, arm, settings(arm.settingsOf)[0]!)
}

/** One variant for each restart of the search, grouped if there are several. */
export function variantsOf(
  label: string,
  restarts: readonly (readonly Change[])[],
  changesOf: (settings: readonly Change[]) => Change[],
  extra: object = {},
): Variant[] {
  return restarts.map((settings, index) => {
    const changes = { ...Object.fromEntries(changesOf(settings).map(({ path, value }) => [path, value])), ...extra }
    return restarts.length === 1 ? { label, changes } : { label: `${label}, search ${index + 1}`, changes, group: label }
  })
}

/** The settings of a preset, as changes of the default experiment. */
export const settingsOfPreset = (spec: Spec): Change[] =>
  changesBetween(defaults, spec, (document) => parseSpec(document, 'the preset'))
    .filter(({ path }) => !path.startsWith('recording.') && !path.startsWith('training.'))

/** Ranges that are searched for an arm: the common ones of the scheme whose settings it has, then that scheme's own. */
export function boxOf({ search, schemes }: Pick<Study, 'search' | 'schemes'>, { scheme }: Pick<StudyArm, 'scheme'>): Box {
  const { boxes, box } = schemes.find(({ id }) => id === scheme.settings) ?? scheme
  return Object.assign({}, ...boxes.map((name) => search?.boxes[name]), box) as Box
}

type Group = Record<string, unknown>

/** A document with the values of another one in place of its own. */
export function merged(document: unknown, over: Group): Group {
  const base = isGroup(document) ? document : {}
  const values = Object.entries(over).map(([name, value]) => [name, isGroup(value) ? merged(base[name], value) : value])
  return { ...base, ...Object.fromEntries(values) as Group }
}

const isGroup = (value: unknown): value is Group => typeof value === 'object' && value !== null && !Array.isArray(value)

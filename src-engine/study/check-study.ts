import { boundsProblem } from '../experiment/bounds.ts'
import { withChanges } from '../experiment/change.ts'
import { checkSpec } from '../experiment/parse.ts'
import { numberPaths, settingPaths, suggestedPath } from '../experiment/paths.ts'
import { type Problem, problemsOf } from '../experiment/problem.ts'
import { emptySpec, upgrades } from '../experiment/upgrades/upgrades.ts'
import { whyNoAblation } from '../sweep/ablation.ts'
import { armsOf, boxOf, changesOf, comparedArms, merged, specOf } from './arms.ts'
import { claimProblems } from './claims.ts'
import { type Box, type Section, type Study, studySchema } from './study.ts'
import { upgradeStudy } from './upgrade-study.ts'

export type CheckedStudy = { ok: true; study: Study } | { ok: false; problems: Problem[] }

/** Converts a document from outside to a study, or lists everything that is wrong with it by its path. */
export function checkStudy(document: unknown): CheckedStudy {
  const excess = boundsProblem(document)
  if (excess) return { ok: false, problems: [excess] }
  const parsed = studySchema.safeParse(document)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error, document) }
  const study = upgradeStudy(parsed.data, upgrades)
  // Later checks follow the references of earlier ones.
  const checks = [repeatedIds, referenceProblems, specProblems, searchProblems, sectionProblems, claimsOfStudy]
  for (const check of checks) {
    const problems = check(study)
    if (problems.length > 0) return { ok: false, problems }
  }
  return { ok: true, study }
}

const found = (value: unknown) => JSON.stringify(value)

function repeatedIds({ schemes, devices, sections, claims }: Study): Problem[] {
  return Object.entries({ schemes, devices, sections, claims }).flatMap(([list, those]) => {
    const ids = those.map(({ id }) => id)
    return ids.flatMap((id, index) => (ids.indexOf(id) < index
      ? [{ path: `${list}.${index}.id`, rule: 'must not be the id of another one', found: found(id) }]
      : []))
  })
}

/** A name that must be one of some others. @param kind what the name must be: 'an arm of this study' */
function nameProblem(path: string, name: string, known: readonly string[], kind: string): Problem[] {
  if (known.includes(name)) return []
  const choice = known.length === 0 ? 'There is none' : `Choose ${known.join(', ')}`
  return [{ path, rule: `must be ${kind}. ${choice}`, found: found(name) }]
}

function referenceProblems({ schemes, devices, search }: Study): Problem[] {
  const [ofSchemes, ofDevices] = [schemes.map(({ id }) => id), devices.map(({ id }) => id)]
  const boxes = Object.keys(search?.boxes ?? {})
  return [
    ...schemes.flatMap((scheme, index) => [
      ...scheme.boxes.flatMap((name, place) => nameProblem(`schemes.${index}.boxes.${place}`, name, boxes, 'a box of this study')),
      ...(scheme.settings === undefined ? [] : schemeSettingsProblems(schemes, devices, index, ofSchemes)),
    ]),
    ...devices.flatMap((device, index) => [
      ...device.schemes.flatMap((name, place) => nameProblem(`devices.${index}.schemes.${place}`, name, ofSchemes, 'a scheme of this study')),
      ...(device.settings === undefined ? [] : deviceSettingsProblems(devices, index, ofDevices)),
    ]),
  ]
}

/** Settings are taken from a scheme that has its own, on the same devices. */
function schemeSettingsProblems(
  schemes: Study['schemes'], devices: Study['devices'], index: number, known: readonly string[],
): Problem[] {
  const { id, settings } = schemes[index]!
  const path = `schemes.${index}.settings`
  const other = schemes.find((one) => one.id === settings)
  if (other === undefined || settings === id) {
    return nameProblem(path, settings!, known.filter((name) => name !== id), 'another scheme of this study')
  }
  if (other.settings !== undefined) return [{ path, rule: 'must be a scheme with settings of its own', found: found(settings) }]
  const missing = devices.filter(({ schemes }) => schemes.includes(id) && !schemes.includes(other.id)).map((device) => device.id)
  return missing.length === 0 ? [] : [{ path, rule: `must be a scheme on the devices ${missing.join(', ')}`, found: found(settings) }]
}

/** Settings are taken from a device that has its own, for the same schemes. */
function deviceSettingsProblems(devices: Study['devices'], index: number, known: readonly string[]): Problem[] {
  const { id, settings, schemes } = devices[index]!
  const path = `devices.${index}.settings`
  const other = devices.find((one) => one.id === settings)
  if (other === undefined || settings === id) return nameProblem(path, settings!, known.filter((name) => name !== id), 'a device of this study')
  if (other.settings !== undefined) return [{ path, rule: 'must be a device with settings of its own', found: found(settings) }]
  const missing = schemes.filter((name) => !other.schemes.includes(name))
  return missing.length === 0 ? [] : [{ path, rule: `must be a device with the schemes ${missing.join(', ')}`, found: found(settings) }]
}

/** The experiment of every arm must be valid, with the shared part and without settings. */
function specProblems(study: Study): Problem[] {
  const shared = checkSpec(study.spec)
  if (!shared.ok) return shared.problems.map((problem) => ({ ...problem, path: problem.path ? `spec.${problem.path}` : 'spec' }))
  const ofSchemes = study.schemes.flatMap(({ changes }, index) => changeProblemsAt(`schemes.${index}`, changes, {}))
  if (ofSchemes.length > 0) return ofSchemes
  return study.devices.flatMap((device, index) => {
    const [first] = armsOf({ schemes: study.schemes, devices: [device] })
    return [
      ...Object.keys(device.changes).flatMap((path) => pathProblem(`devices.${index}.changes.${path}`, path)),
      ...changeProblemsAt(`devices.${index}`, device.changes, first!.scheme.changes),
    ]
  })
}

const known = new Set(settingPaths())

/** A path that no scheme has would never apply. */
function pathProblem(at: string, path: string): Problem[] {
  if (known.has(path)) return []
  const near = suggestedPath(path)
  return [{ path: at, rule: `must be a setting${near ? `. Did you mean ${near}?` : ''}`, found: found(path) }]
}

type Changes = Readonly<Record<string, unknown>>

/** @param before changes that come first */
function changeProblemsAt(at: string, changes: Changes, before: Changes): Problem[] {
  const paths = Object.keys(changes)
  const own = changesOf(changes).filter(({ path }) => !path.startsWith('scheme.') || Object.keys(before).length === 0)
  const checked = checkSpec(withChanges(emptySpec, [...changesOf(before), ...own]))
  if (checked.ok) return []
  return checked.problems.map((problem) => {
    const path = paths.find((one) => problem.path === one || problem.path.startsWith(`${one}.`))
    return { ...problem, path: `${at}.changes${path === undefined ? '' : `.${path}`}` }
  })
}

const numeric = numberPaths()

function searchProblems(study: Study): Problem[] {
  const { search, seeds, schemes } = study
  const common = Object.entries(search?.boxes ?? {}).flatMap(([name, box]) => boxProblems(`search.boxes.${name}`, box))
  const own = schemes.flatMap(({ box }, index) => boxProblems(`schemes.${index}.box`, box))
  const seen = search?.seeds.findIndex((seed) => seeds.includes(seed)) ?? -1
  const seedProblem = seen < 0
    ? []
    : [{ path: `search.seeds.${seen}`, rule: 'must not be a seed of the tournaments', found: String(search!.seeds[seen]) }]
  const otherwise = Object.keys(search?.changes ?? {}).flatMap((path) => pathProblem(`search.changes.${path}`, path))
  if (otherwise.length === 0) otherwise.push(...changeProblemsAt('search', search?.changes ?? {}, {}))
  const empty = search === undefined ? [] : armsOf(study).filter((arm) => Object.keys(boxOf(study, arm)).length === 0)
  const noBox = [...new Set(empty.map(({ scheme }) => schemes.indexOf(scheme)))]
    .map((index) => ({ path: `schemes.${index}.box`, rule: 'must have a range, because the study has a search', found: 'none' }))
  return [...common, ...own, ...seedProblem, ...noBox, ...otherwise]
}

const boxProblems = (at: string, box: Box): Problem[] => Object.entries(box).flatMap(([path, [from, to]]): Problem[] => {
  if (!numeric.has(path)) {
    const near = suggestedPath(path)
    return [{ path: `${at}.${path}`, rule: `must be a setting that is a number${near && near !== path ? `. Did you mean ${near}?` : ''}`, found: found(path) }]
  }
  return to > from ? [] : [{ path: `${at}.${path}.1`, rule: `must be above the start, ${from}`, found: String(to) }]
})

function sectionProblems(study: Study): Problem[] {
  return study.sections.flatMap((section, index) => problemsOfSection(study, section, `sections.${index}`))
}

function problemsOfSection(study: Study, section: Section, at: string): Problem[] {
  const arms = armsOf(study)
  const ids = arms.map(({ id }) => id)
  const devices = study.devices.map(({ id }) => id)
  switch (section.kind) {
    case 'schemes': {
      const schemes = study.schemes.map(({ id }) => id)
      const unknown = [
        ...(section.devices ?? []).flatMap((name, place) => nameProblem(`${at}.devices.${place}`, name, devices, 'a device of this study')),
        ...(section.schemes ?? []).flatMap((name, place) => nameProblem(`${at}.schemes.${place}`, name, schemes, 'a scheme of this study')),
      ]
      const compared = comparedArms(study, section).map(({ id }) => id)
      return unknown.length > 0 ? unknown : nameProblem(`${at}.reference`, section.reference, compared, 'a compared arm of this study')
    }
    case 'ablation': {
      const unknown = nameProblem(`${at}.of`, section.of, ids, 'an arm of this study')
      return unknown.length > 0 ? unknown : ablationProblems(study, section, at)
    }
    case 'budget': {
      const earlier = study.sections.slice(0, study.sections.indexOf(section)).filter(({ kind }) => kind !== 'budget')
      return nameProblem(`${at}.of`, section.of, earlier.map(({ id }) => id), 'a section before this one')
    }
    case 'conventions': return nameProblem(`${at}.of`, section.of, ids, 'an arm of this study')
    case 'swap': {
      const device = study.devices.find(({ id }) => id === section.device)
      if (device === undefined) return nameProblem(`${at}.device`, section.device, devices, 'a device of this study')
      const schemes = section.schemes ?? device.schemes
      const unknown = schemes.flatMap((name, place) => nameProblem(`${at}.schemes.${place}`, name, device.schemes, 'a scheme of this device'))
      return unknown.length > 0 ? unknown : nameProblem(`${at}.reference`, section.reference, schemes, 'a swapped scheme')
    }
    case 'tournament': {
      const checked = checkSpec(merged(section.spec, study.spec))
      return checked.ok ? [] : checked.problems.map((problem) => ({ ...problem, path: `${at}.spec.${problem.path}` }))
    }
  }
}

function ablationProblems(study: Study, { of, retune }: Extract<Section, { kind: 'ablation' }>, at: string): Problem[] {
  const why = whyNoAblation(specOf(study, armsOf(study).find(({ id }) => id === of)!, []))
  if (why !== null) return [{ path: `${at}.of`, rule: `cannot be used here. ${why}`, found: found(of) }]
  return retune !== undefined && study.search === undefined
    ? [{ path: `${at}.retune`, rule: 'needs the search of the study. Add search', found: '' }]
    : []
}

const claimsOfStudy = ({ claims, sections }: Study): Problem[] => claims.flatMap((claim, index) => [
  ...nameProblem(`claims.${index}.section`, claim.section, sections.map(({ id }) => id), 'a section of this study'),
  ...claimProblems(claim).map((problem) => ({ ...problem, path: `claims.${index}.${problem.path}` })),
])

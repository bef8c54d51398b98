import * as z from 'zod'
import type { Change } from '../experiment/change.ts'
import { FIRST_VERSION, upgradeChanges } from '../experiment/upgrades/upgrade.ts'
import { SPEC_VERSION, upgrades } from '../experiment/upgrades/upgrades.ts'

/** One result of a search: the best settings of one restart. */
const foundSchema = z.strictObject({
  /** Mean loss over the search seeds, with the penalty of the search. */
  score: z.number(),
  /** Number of settings that the restart tried. */
  trials: z.int().min(1),
  /** Values by their paths. */
  settings: z.record(z.string().min(1).max(120), z.number()),
  /** Settings that lie at an end of their range: 'learning.rateInput at its upper end'. */
  edges: z.array(z.string()),
})
export type Found = z.output<typeof foundSchema>

/** Settings that a search found, beside their study. */
export const settingsSchema = z.strictObject({
  version: z.literal(1),
  /** Version of the specs that the settings belong to. */
  specVersion: z.int().min(FIRST_VERSION).max(SPEC_VERSION).default(FIRST_VERSION),
  /** Id of the study. */
  study: z.string(),
  /** How and when they were found. */
  provenance: z.string(),
  /** By the id of the arm: one result for each restart, the best first. */
  arms: z.record(z.string(), z.array(foundSchema).min(1)),
}).transform(({ specVersion, arms, ...rest }) => ({
  ...rest,
  specVersion: SPEC_VERSION,
  arms: Object.fromEntries(Object.entries(arms).map(([arm, found]) => [arm, found.map((one) => upgradeFound(one, specVersion))])),
}))
export type StudySettings = z.output<typeof settingsSchema>

const upgradeFound = (found: Found, version: number): Found =>
  ({ ...found, settings: upgradeChanges(found.settings, version, upgrades) as Found['settings'] })

export const changesOfFound = ({ settings }: Found): Change[] =>
  Object.entries(settings).map(([path, value]) => ({ path, value }))

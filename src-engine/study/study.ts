import * as z from 'zod'
import { conventionSets, type ConventionSet } from '../experiment/conventions.ts'
import { requireKnownVersion } from '../experiment/upgrades/require-known-version.ts'
import { budgetSchema, comparisonSchema, halvingSchema, seedsSchema, variantSchema } from '../experiment/sweep.ts'

const id = z.string().max(60).regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must have lowercase letters, digits and single hyphens only')
const title = z.string().min(1).max(160)
const label = z.string().min(1).max(30)
const path = z.string().min(1).max(120)
/** Values by their paths in the spec: { "scheme.kind": "sign" }. */
const changes = z.record(path, z.unknown()).default({})
const paragraphs = z.array(z.string().min(1).max(4000)).default([])
/** `scheme/device`: one scheme on one kind of synapse. */
const armId = z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'must be a scheme and a device, such as sign/full')

/** Search ranges: the two ends of a logarithmic range for each setting, by its path. */
export const boxSchema = z.record(path, z.tuple([z.number().positive(), z.number().positive()]))
export type Box = z.output<typeof boxSchema>

/** A weight-update scheme, and the settings that are searched for it. */
export const schemeOfStudySchema = z.strictObject({
  id,
  label,
  /** The settings that define the scheme. All others are searched or have their defaults. */
  changes,
  /** Names of the common ranges that are searched for this scheme. */
  boxes: z.array(id).default([]),
  /** Ranges of the scheme's own settings. They replace common ones of the same path. */
  box: boxSchema.default({}),
  /** Id of the scheme whose settings are used here too. Nothing is searched for this one. */
  settings: id.optional(),
})
export type SchemeOfStudy = z.output<typeof schemeOfStudySchema>

/** A kind of synapse that schemes are compared on: a device model with its precision, or digital weights. */
export const deviceOfStudySchema = z.strictObject({
  id,
  /** Heading of its table. */
  title,
  /** Part of the labels of its arms: 'full PCM model'. Empty if the label of the scheme is enough. */
  name: z.string().max(26),
  /** Shorter name for figures. */
  short: z.string().max(26).optional(),
  /** Ids of the schemes that are compared on it. */
  schemes: z.array(id).min(1).max(30),
  /** What makes the device. A change of `scheme` applies to the schemes that have this setting. */
  changes,
  /** Folder of presets: the settings of the scheme `sign` are those of the preset `<presets>/sign`. */
  presets: z.string().min(1).max(100).optional(),
  /** Id of the device whose settings are used here too. Nothing is searched for this one. */
  settings: id.optional(),
})
export type DeviceOfStudy = z.output<typeof deviceOfStudySchema>

/** How a batch of settings follows from the results of earlier ones. */
export const optimisers = ['gaussian', 'neighbours', 'random'] as const
export type Optimiser = (typeof optimisers)[number]

/** How settings are searched: the same budget for every arm. */
export const searchSchema = z.strictObject({
  /** Seeds of the search. The tournaments use none of them. */
  seeds: seedsSchema.min(4, 'must have at least 4 seeds. Settings that are found with fewer do not last'),
  /** Independent searches of the same arm. The spread of their results enters the intervals. */
  restarts: z.int().min(1).max(20).default(3),
  optimiser: z.enum(optimisers).default('gaussian'),
  /** Each restart runs this number of batches, each with this number of settings. */
  batches: z.int().min(1).max(100),
  trials: z.int().min(2).max(200),
  /** Loss that a run that diverged or fell silent counts with. */
  penalty: z.number().positive(),
  halving: halvingSchema,
  /** What a search computes otherwise than the tournaments, to save time: { "device.readNoise": "summed" }. */
  changes,
  /** The best setting lies at an edge if it is within this share of its range, on a logarithmic scale. */
  edge: z.number().min(0).max(0.4).default(0.05),
  /** How often a range with the best setting at its edge is widened, and the batches that follow each time. */
  widen: z.strictObject({ times: z.int().min(0).max(10), batches: z.int().min(1).max(100) }).default({ times: 0, batches: 1 }),
  /** Common ranges by name. */
  boxes: z.record(id, boxSchema).default({}),
})
export type Search = z.output<typeof searchSchema>

/** A small search for each arm of a section: around settings that are known. All else is as in the search of the study. */
export const retuneSchema = z.strictObject({
  /** Ranges: from the known value divided by this factor to the value times this factor. */
  factor: z.number().min(1.1).max(100),
  restarts: z.int().min(1).max(20),
  batches: z.int().min(1).max(100),
  trials: z.int().min(2).max(200),
})
export type Retune = z.output<typeof retuneSchema>

const section = { id, title, intro: paragraphs }
const conventionNames = Object.keys(conventionSets) as [ConventionSet, ...ConventionSet[]]

/** One question and the tournament that answers it. */
export const sectionSchema = z.discriminatedUnion('kind', [
  /** Schemes on devices. */
  z.strictObject({
    kind: z.literal('schemes'), ...section,
    /** Ids of devices; by default all. */
    devices: z.array(id).min(1).optional(),
    /** Ids of schemes; by default all. */
    schemes: z.array(id).min(1).optional(),
    /** Settings of all independent searches, which enter the intervals, or only the best ones, which take less time. */
    searches: z.enum(['all', 'best']).default('all'),
    conventions: z.enum(conventionNames).default('corrected'),
    reference: armId,
  }),
  /** Each non-ideality of an arm's devices switched off. With `retune`, each has settings of its own. */
  z.strictObject({ kind: z.literal('ablation'), ...section, of: armId, retune: retuneSchema.optional() }),
  /** Each published convention on an arm. */
  z.strictObject({ kind: z.literal('conventions'), ...section, of: armId }),
  /** The settings of each scheme on each other scheme of a device: of all its schemes, or of these. */
  z.strictObject({ kind: z.literal('swap'), ...section, device: id, schemes: z.array(id).min(2).optional(), reference: id }),
  /** The arms of an earlier section at another budget. Nothing runs again. */
  z.strictObject({ kind: z.literal('budget'), ...section, of: id, budget: budgetSchema }),
  /** Any other tournament. */
  z.strictObject({
    kind: z.literal('tournament'), ...section, spec: z.record(z.string(), z.unknown()).default({}), variants: z.array(variantSchema).min(1).max(200),
    comparison: comparisonSchema.prefault({}),
  }),
])
export type Section = z.output<typeof sectionSchema>

/** A sentence of the report that the results must support. */
export const claimSchema = z.strictObject({
  id,
  /** Id of the section that it follows from. */
  section: id,
  /** Labels of arms of this section by the short names that `text` and `holds` use. */
  arms: z.record(z.string().regex(/^[a-z]\w*$/, 'must be a short name such as a'), z.string()),
  /** Markdown with placeholders: {a}, {a.loss}, {a.worst}, {a - b}. */
  text: z.string().min(1).max(2000),
  /** Conditions: 'a < b', 'a ~ b', 'a.worst <= 0.018', 'a.learned = 10'. */
  holds: z.array(z.string().max(200)).min(1).max(30),
})
export type Claim = z.output<typeof claimSchema>

/** Version of the form of this document. */
export const STUDY_VERSION = 1

/** A whole investigation: what is compared, how settings are found, which questions are asked, and what is claimed. */
export const studySchema = z.strictObject({
  version: z.literal(STUDY_VERSION),
  title,
  description: z.string().max(4000).default(''),
  /** Part of the spec that all arms share. */
  spec: z.record(z.string(), z.unknown()).default({}),
  /** Seeds of every tournament. */
  seeds: seedsSchema,
  schemes: z.array(schemeOfStudySchema).max(60).default([]),
  devices: z.array(deviceOfStudySchema).max(20).default([]),
  search: searchSchema.optional(),
  /** File with the settings that a search found, beside this document. Arms without settings there use their presets. */
  settings: z.string().regex(/^[\w-][\w.-]*[.]settings[.]json$/, 'must be the name of a file beside the study that ends in .settings.json').optional(),
  sections: z.array(sectionSchema).min(1).max(40),
  claims: z.array(claimSchema).max(200).default([]),
  /** What nobody should conclude from the results: Markdown, one item each. */
  limits: paragraphs,
}).superRefine(requireKnownVersion)
export type Study = z.output<typeof studySchema>
export type StudyInput = z.input<typeof studySchema>

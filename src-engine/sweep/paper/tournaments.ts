import { changesBetween } from '../../spec/change.ts'
import { parseSpec } from '../../spec/parse.ts'
import type { SchemeKind } from '../../spec/scheme.ts'
import { LOST_ABOVE, type Spec } from '../../spec/spec.ts'
import type { SweepInput, Variant } from '../../spec/sweep.ts'
import { ablationOf, conventionsOf } from '../ablation.ts'
import { giveUpAfter, nameOf, type PaperMode, paperSchemes } from './schemes.ts'

/** Never among those that a search sees. */
export const paperSeeds = [201, 202, 203, 204, 205, 206, 207, 208, 209, 210] as const

/** What an arm of the comparison of schemes is, for tables that have these as columns. */
export interface PaperArm {
  label: string
  scheme: SchemeKind
  /** 'Mixed precision' */
  name: string
  mode: PaperMode
  conventions: 'corrected' | 'published'
}

/** One question of the paper, as a sweep that answers it. */
export interface PaperTournament {
  /** Part of file names. */
  id: string
  kind: 'schemes' | 'ablation' | 'conventions'
  title: string
  /** What was done, in Markdown, a paragraph each. */
  intro: string[]
  document: SweepInput
}

/** In the order of `paperSchemes`. */
const armsOf = (conventions: PaperArm['conventions']): PaperArm[] =>
  paperSchemes.map((scheme) => ({
    label: conventions === 'corrected' ? nameOf(scheme) : `${nameOf(scheme)}, published`,
    scheme: scheme.scheme,
    name: scheme.label,
    mode: scheme.mode,
    conventions,
  }))

export const paperArms: readonly PaperArm[] = [...armsOf('corrected'), ...armsOf('published')]

/** The scheme that the others are tested against, and whose devices are looked at one by one. */
const subject = paperSchemes.find(({ preset }) => preset === 'pattern-generation/mixed-precision')!

/** A rehearsal has fewer epochs and seeds. */
export interface PaperSize {
  seeds: readonly number[]
  epochs: number
}

export const paperSize: PaperSize = { seeds: paperSeeds, epochs: 250 }

/** Everything but the results is left out of the library; the last outputs are drawn. */
const recording = { snapshotEvery: 0, snapshotEnd: true }

/**
 * The paper's whole experiment: its schemes against each other, the non-idealities of its devices, and the defects of its public code.
 * @param presetOf the spec of a shipped preset by its id
 */
export function paperTournaments(presetOf: (id: string) => Spec, { seeds, epochs }: PaperSize = paperSize): PaperTournament[] {
  const preset = presetOf(subject.preset)
  const one: Spec = { ...preset, training: { ...preset.training, epochs, giveUpAfter } }
  const recorded = (name: string, document: SweepInput): SweepInput =>
    ({ ...document, name, spec: { ...document.spec, recording } })
  const schemesTournament = (conventions: PaperArm['conventions']): SweepInput => {
    const variants = armsOf(conventions).map((arm, index) => variantOf(arm, presetOf(paperSchemes[index].preset)))
    const reference = variants[paperSchemes.indexOf(subject)].label
    const spec = { training: { epochs, giveUpAfter }, recording }
    return { name: `Paper, ${conventions}`, spec, variants, seeds: [...seeds], comparison: { reference } }
  }
  return [
    {
      id: 'schemes',
      kind: 'schemes',
      title: 'Which update scheme trains',
      intro: [
        'Every scheme on the task of the paper: three patterns, one update after each sequence, the defects of the public code '
        + 'corrected. *Full PCM* is the device model with write noise, nonlinear SETs, READ noise and drift; in *performance mode* '
        + 'devices are noiseless.',
        'Each scheme was given the same search before, on other seeds.',
        `A run whose loss has been more than ${LOST_ABOVE} times that of an output of 0 for ${giveUpAfter} epochs on end is given up, and counts `
        + 'by these.',
      ],
      document: schemesTournament('corrected'),
    },
    {
      id: 'published',
      kind: 'schemes',
      title: 'The same with the published conventions',
      intro: ['The same schemes, settings and seeds, with the defects of the public code kept. The settings were searched with corrected '
        + 'conventions.'],
      document: schemesTournament('published'),
    },
    {
      id: 'ablation',
      kind: 'ablation',
      title: 'What each non-ideality costs',
      intro: [`${nameOf(subject)}, with each non-ideality of its devices switched off by itself, and all of them. The settings are `
        + 'those that were found with all of them on.'],
      document: recorded('Paper, non-idealities', ablationOf(one, [...seeds])),
    },
    {
      id: 'conventions',
      kind: 'conventions',
      title: 'What the defects of the public code do',
      intro: [`${nameOf(subject)}, with each of the published conventions by itself, and all of them. The settings are those that `
        + 'were found with corrected ones.'],
      document: recorded('Paper, conventions', conventionsOf(one, [...seeds])),
    },
  ]
}

function variantOf({ label, conventions }: PaperArm, preset: Spec): Variant {
  const own = changesBetween(parseSpec({}, 'the defaults'), preset, (document) => parseSpec(document, label))
    .filter(({ path }) => !path.startsWith('recording.') && !path.startsWith('training.'))
  const changes = Object.fromEntries(own.map(({ path, value }) => [path, value]))
  return { label, changes: conventions === 'published' ? { ...changes, conventions } : changes }
}

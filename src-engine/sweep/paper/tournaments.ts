import { changesBetween } from '../../spec/change.ts'
import { parseSpec } from '../../spec/parse.ts'
import type { SchemeKind } from '../../spec/scheme.ts'
import { DIVERGENCE_THRESHOLD, type Spec } from '../../spec/spec.ts'
import type { SweepInput, Variant } from '../../spec/sweep.ts'
import { ablationOf, conventionsOf } from '../ablation.ts'
import { giveUpAfter, nameOf, type PaperMode, paperSchemes } from './schemes.ts'

/** Seeds of the comparison. No search uses any of them. */
export const paperSeeds = [201, 202, 203, 204, 205, 206, 207, 208, 209, 210] as const

/** Description of one arm in the comparison of schemes, for tables that have these columns. */
export interface PaperArm {
  label: string
  scheme: SchemeKind
  /** 'Mixed precision' */
  name: string
  mode: PaperMode
  conventions: 'corrected' | 'published'
}

/** One question of the paper, and the sweep that answers it. */
export interface PaperTournament {
  /** Part of file names. */
  id: string
  kind: 'schemes' | 'ablation' | 'conventions'
  title: string
  /** Description of the method in Markdown, one string per paragraph. */
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

/** The reference scheme of all tests, and the subject of the ablation. */
const subject = paperSchemes.find(({ preset }) => preset === 'pattern-generation/mixed-precision')!

/** Size of the comparison. A trial version has fewer epochs and seeds. */
export interface PaperSize {
  seeds: readonly number[]
  epochs: number
}

export const paperSize: PaperSize = { seeds: paperSeeds, epochs: 250 }

/** Only the results and the final snapshot are kept, whose outputs the report shows. */
const recording = { snapshotEvery: 0, snapshotEnd: true }

/**
 * The complete experiment of the paper: a comparison of its schemes, an ablation of its devices, and the defects of its public code.
 * @param presetOf returns the spec of a shipped preset by its id
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
        'Every scheme on the task of the paper: three patterns and one update after each sequence. The defects of the public code '
        + 'are corrected. *Full PCM* is the device model with write noise, nonlinear SETs, READ noise and drift. In *performance mode*, '
        + 'devices are noiseless and have 3 bits: a pulse is an eighth of the largest conductance.',
        'Each scheme had the same search budget, on other seeds.',
        `A run ends early when its loss has exceeded ${DIVERGENCE_THRESHOLD} times the loss of a zero output for ${giveUpAfter} consecutive `
        + 'epochs. It counts with the epochs that it has.',
      ],
      document: schemesTournament('corrected'),
    },
    {
      id: 'published',
      kind: 'schemes',
      title: 'The same with the published conventions',
      intro: ['The same schemes, settings and seeds, but with the defects of the public code. The settings were searched with corrected '
        + 'conventions.'],
      document: schemesTournament('published'),
    },
    {
      id: 'ablation',
      kind: 'ablation',
      title: 'What each non-ideality costs',
      intro: [`${nameOf(subject)}, with each non-ideality of its devices switched off alone, and with all of them off. The settings `
        + 'were found with all of them on.'],
      document: recorded('Paper, non-idealities', ablationOf(one, [...seeds])),
    },
    {
      id: 'conventions',
      kind: 'conventions',
      title: 'What the defects of the public code do',
      intro: [`${nameOf(subject)}, with each of the published conventions alone, and with all of them. The settings were found with `
        + 'corrected conventions.'],
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

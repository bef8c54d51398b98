import type { LossKind } from '../../../src-engine/experiment/metrics.ts'
import { columnTitle } from '../../../src-engine/query/cell-text.ts'
import type { QueryName } from '../../../src-engine/query/name.ts'
import { nameOf } from '../../../src-engine/query/names.ts'
import { type ChosenColumn, isOwn, type OwnColumn } from '../../stores/table.ts'

export interface Column {
  name: string
  title: string
  /** What it is in full, shown on hover. */
  help: string
  isNumber: boolean
  /** A track of `grid-template-columns`. */
  track: string
}

/** Head, track and alignment of the columns that a new library shows. `--seed` and `--epochs` fit the longest number. */
const own: Readonly<Record<OwnColumn, { title?: string; track: string; isNumber: boolean }>> = {
  status: { track: '98px', isNumber: false },
  outcome: { track: '84px', isNumber: false },
  name: { track: 'minmax(170px, 1fr)', isNumber: false },
  scheme: { title: 'Scheme', track: '116px', isNumber: false },
  seed: { track: 'max(40px, var(--seed))', isNumber: true },
  epochs: { title: 'Epochs', track: 'max(80px, var(--epochs))', isNumber: true },
  loss: { track: '88px', isNumber: true },
  rate: { title: 'Rate (Hz)', track: '76px', isNumber: true },
  duration: { title: 'Duration', track: '76px', isNumber: true },
  created: { track: '76px', isNumber: true },
}

/** 'Learning · Input learning rate' is 'Input learning rate' in a head. */
const shortTitle = ({ title }: QueryName) => title.split(' · ').at(-1)!

/** What a column shows and how. */
export function columnOf({ name, width }: ChosenColumn, loss: LossKind): Column {
  const meaning = nameOf(name)!
  const { title, unit } = meaning
  const help = `${title} · ${columnTitle(meaning)}`
  const set = width === null ? null : `${width}px`
  if (isOwn(name)) {
    const { title = shortTitle(meaning), track, isNumber } = own[name]
    return { name, title: name === 'loss' ? `${loss.title} (last 20)` : title, help, isNumber, track: set ?? track }
  }
  const isNumber = meaning.kind === 'number'
  return { name, title: meaning.head ?? `${shortTitle(meaning)}${unit === null ? '' : ` (${unit})`}`, help, isNumber, track: set ?? (isNumber ? '104px' : '132px') }
}

/** 'Sort by status', but 'Sort by MSE (last 20)'. */
export const sortTitle = (title: string) => `Sort by ${/^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title}`

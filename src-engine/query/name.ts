/** What can be compared with a name: `list` is a set of texts, such as the tags of a run. */
export type NameKind = 'number' | 'text' | 'choice' | 'flag' | 'time' | 'list'

/** Where the value of a name comes from: the run itself, a metric of its task, or its spec. */
export type NameOrigin = 'run' | 'metric' | 'parameter'

/** What of a metric a name stands for. Epochs count from 1. */
export type Measure =
  | { of: 'last' | 'best' }
  /** The mean of the last `epochs` epochs, or the value of epoch `epochs`. */
  | { of: 'mean' | 'epoch'; epochs: number }

/** A measure of a metric of the epochs. */
export interface Measured {
  /** 'loss', 'rate', or the id of a loss or a metric of tasks. */
  metric: string
  /** Null if neither smaller nor larger values are better. */
  better: 'lower' | 'higher' | null
  measure: Measure
}

/** One name of the query language. */
export interface QueryName {
  /** As it is written: 'seed', 'learning.rateInput'. */
  name: string
  /** 'Learning · Input learning rate' */
  title: string
  /** Short title with the unit for the head of a column; null if the title is used. */
  head: string | null
  kind: NameKind
  /** Unit of the value and of a number without a unit; null if dimensionless. */
  unit: string | null
  /** Title of each value that a choice can have, by its identifier. Empty for all other kinds. */
  choices: Readonly<Record<string, string>>
  origin: NameOrigin
  /** Whether its numbers only tell runs apart, so that their mean says nothing. */
  isLabel: boolean
  /** Other ways to write it, such as its path in the spec. */
  aliases: readonly string[]
  /** Null for all but metrics. */
  measured: Measured | null
  /** Whether the number at its end can be any other. */
  hasAnyNumber: boolean
}

type Given = Pick<QueryName, 'name' | 'title' | 'kind'> & Partial<QueryName>

export const defineName = (given: Given): QueryName => ({
  unit: null, choices: {}, origin: 'run', isLabel: false, aliases: [], head: null, measured: null, hasAnyNumber: false, ...given,
})

/** What can be compared with a name: `list` is a set of texts, such as the tags of a run. */
export type NameKind = 'number' | 'text' | 'choice' | 'flag' | 'time' | 'list'

/** Where the value of a name comes from: the run itself, a metric of its task, or its spec. */
export type NameOrigin = 'run' | 'metric' | 'parameter'

/** One name of the query language. */
export interface QueryName {
  /** As it is written: 'seed', 'learning.rateInput'. */
  name: string
  /** 'Learning · Input learning rate' */
  title: string
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
}

type Given = Pick<QueryName, 'name' | 'title' | 'kind'> & Partial<QueryName>

export const defineName = (given: Given): QueryName => ({ unit: null, choices: {}, origin: 'run', isLabel: false, aliases: [], ...given })

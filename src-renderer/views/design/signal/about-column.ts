import { formatCount } from '../../../components/format.ts'

/** What the list says of a column beside its name: why it cannot be used, or its length and why it is probably no signal. */
export const aboutColumn = (length: number | null, problem: string | null, why: string): string =>
  problem ?? [length === null ? '' : `${formatCount(length)} samples`, why].filter(Boolean).join(', ')

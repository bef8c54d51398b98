import type { Sort } from '../../stores/settings.ts'

/** The next sort order: the same column reverses the order, another column starts with its default order. */
export const sortedBy = (column: string, before: Sort): Sort =>
  ({ column, descending: before.column === column ? !before.descending : column === 'created' })

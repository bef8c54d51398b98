import type { Backup } from '../contract/library.ts'

/** What can be done where the library cannot be opened. */
export type Offer =
  | { kind: 'retry' }
  | { kind: 'restore'; backup: Backup }
  /** The file is renamed, and a new library begun. */
  | { kind: 'set aside' }
  | { kind: 'quit' }

const broken = new Set(['not-a-database', 'damaged', 'failed', 'cannot-open'])

/**
 * Quit comes last. What is whole and only not ours, or of a newer version, is left where it is.
 * @param backups newest first
 */
export function offersFor(code: string, backups: readonly Backup[]): Offer[] {
  const [backup] = backups
  const offers: Offer[] = broken.has(code)
    ? [...(backup ? [{ kind: 'restore', backup } as const] : []), { kind: 'set aside' }]
    : []
  const again: Offer[] = code === 'newer' ? [] : [{ kind: 'retry' }]
  return [...offers, ...again, { kind: 'quit' }]
}

export function describeOffer(offer: Offer): string {
  switch (offer.kind) {
    case 'retry': return 'Try again'
    case 'restore': return `Restore the backup of ${offer.backup.madeAt.slice(0, 16).replace('T', ' ')} UTC`
    case 'set aside': return 'Keep the file aside and begin a new library'
    case 'quit': return 'Quit'
  }
}

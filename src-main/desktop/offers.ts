import type { Backup } from '../contract/library.ts'

/** An action offered if the library cannot be opened. */
export type Offer =
  | { kind: 'retry' }
  | { kind: 'restore'; backup: Backup }
  /** Copy all readable runs to a new file. */
  | { kind: 'repair' }
  /** Rename the file and create a new library. */
  | { kind: 'set aside' }
  | { kind: 'quit' }

const broken = new Set(['not-a-database', 'damaged', 'failed', 'cannot-open'])

/**
 * Actions for an error code; quit comes last. An intact file of another application or a newer version is never replaced.
 * @param backups newest first
 */
export function offersFor(code: string, backups: readonly Backup[]): Offer[] {
  const [backup] = backups
  const offers: Offer[] = broken.has(code)
    ? [
        ...(backup ? [{ kind: 'restore', backup } as const] : []),
        ...(code === 'damaged' ? [{ kind: 'repair' } as const] : []),
        { kind: 'set aside' },
      ]
    : []
  const again: Offer[] = code === 'newer' ? [] : [{ kind: 'retry' }]
  return [...offers, ...again, { kind: 'quit' }]
}

export function describeOffer(offer: Offer): string {
  switch (offer.kind) {
    case 'retry': return 'Retry'
    case 'restore': return `Restore the backup of ${offer.backup.madeAt.slice(0, 16).replace('T', ' ')} UTC`
    case 'repair': return 'Check and repair'
    case 'set aside': return 'Rename the file and create a new library'
    case 'quit': return 'Quit'
  }
}

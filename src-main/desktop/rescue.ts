import { app as electron, dialog } from 'electron'
import { checkClosed, closedBackups, type ClosedOptions, keepAside, restoreClosed } from '../app/closed-library.ts'
import { describeOffer, type Offer, offersFor } from './offers.ts'

/** Findings of a repair that are shown. */
const SHOWN = 5

/**
 * Show why the library cannot be opened and let the user choose an action. The file has not been changed.
 * @returns true if the library should be opened again
 */
export async function rescue(options: ClosedOptions, error: unknown): Promise<boolean> {
  const { code = 'failed', message } = error as Error & { code?: string }
  const offers = offersFor(code, closedBackups(options.file))
  console.error(`${options.file}: ${message}`)
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: electron.name,
    message: 'Cannot open the library',
    detail: `${options.file}\n\n${message}\n\nThe file was not changed.`,
    buttons: offers.map(describeOffer),
    cancelId: offers.length - 1,
    defaultId: 0,
    noLink: true,
  })
  return take(offers[response] ?? { kind: 'quit' }, options)
}

async function take(offer: Offer, options: ClosedOptions): Promise<boolean> {
  switch (offer.kind) {
    case 'quit': return false
    case 'retry': return true
    case 'repair': {
      const { findings } = await checkClosed(options, true, () => {})
      inform('The library was checked', findings.map(({ message, repaired }) => `${message} ${repaired ?? 'Not repaired.'}`).slice(0, SHOWN).join('\n'))
      return true
    }
    case 'set aside':
      inform('Creating a new library', `The old file is kept as ${keepAside(options.file)}`)
      return true
    case 'restore':
      inform('The backup was restored', `The old file is kept as ${await restoreClosed(options, offer.backup.file)}`)
      return true
  }
}

function inform(message: string, detail: string): void {
  console.log(`${message}. ${detail}`)
  dialog.showMessageBoxSync({ type: 'info', title: electron.name, message, detail, buttons: ['Continue'], noLink: true })
}

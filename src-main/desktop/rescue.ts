import { app as electron, dialog } from 'electron'
import { closedBackups, type ClosedOptions, keepAside, restoreClosed } from '../app/closed-library.ts'
import { describeOffer, type Offer, offersFor } from './offers.ts'

/**
 * Tells why the library cannot be opened and asks what is to be done: nothing in it has been changed.
 * @returns true where opening it should be tried again
 */
export async function rescue(options: ClosedOptions, error: unknown): Promise<boolean> {
  const { code = 'failed', message } = error as Error & { code?: string }
  const offers = offersFor(code, closedBackups(options.file))
  console.error(`${options.file}: ${message}`)
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: electron.name,
    message: 'The library cannot be opened',
    detail: `${options.file}\n\n${message}\n\nNothing in it was changed.`,
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
    case 'set aside':
      tell('A new library is made', `The file is kept as ${keepAside(options.file)}`)
      return true
    case 'restore':
      tell('The backup is in place', `The file that could not be opened is kept as ${await restoreClosed(options, offer.backup.file)}`)
      return true
  }
}

function tell(message: string, detail: string): void {
  console.log(`${message}. ${detail}`)
  dialog.showMessageBoxSync({ type: 'info', title: electron.name, message, detail, buttons: ['Continue'], noLink: true })
}

import { onScopeDispose } from 'vue'
import { type Command, keyOfEvent } from './stores/commands.ts'

/** Runs the command of a pressed key, unless a text is being written or a dialog is open. */
export function listenToKeys(commandOf: (key: string) => Command | undefined): void {
  const onKeydown = (event: KeyboardEvent) => {
    const key = keyOfEvent(event)
    if (key === null || event.defaultPrevented) return
    const command = commandOf(key)
    if (!command || !isFree(event.target, key, command)) return
    event.preventDefault()
    if ((command.blocked?.() ?? null) === null) command.run()
  }
  window.addEventListener('keydown', onKeydown)
  onScopeDispose(() => window.removeEventListener('keydown', onKeydown))
}

/** Whether something asks to be answered first. What was open before stays in the document, unseen or on its way out. */
export const dialogIsOpen = (): boolean =>
  [...document.querySelectorAll('[aria-modal="true"]')].some((dialog) =>
    dialog.checkVisibility() && dialog.closest('[class*="-leave-active"]') === null)

/** Whether keys go into a text here. */
export const isWriting = (target: EventTarget | null): boolean => target instanceof Element
  && target.closest('input:not([type=checkbox], [type=radio]), textarea, [contenteditable]') !== null

function isFree(target: EventTarget | null, key: string, { inDialogs }: Command): boolean {
  if (dialogIsOpen()) return inDialogs === true
  if (key.startsWith('Ctrl ') || /^(Shift )?F\d+$/.test(key)) return true
  if (isWriting(target)) return false
  return !(key === 'Space' && target instanceof Element && target.closest('button, input, [role=switch]'))
}

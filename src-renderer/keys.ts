import { onScopeDispose } from 'vue'
import { type Command, keyOfEvent } from './stores/commands.ts'

/** Runs the command of a pressed key, unless a text is being written or a dialog is open. */
export function listenToKeys(commandOf: (key: string) => Command | undefined): void {
  const onKeydown = (event: KeyboardEvent) => {
    const key = keyOfEvent(event)
    if (key === null || event.defaultPrevented || !isFree(event.target, key)) return
    const command = commandOf(key)
    if (!command) return
    event.preventDefault()
    if ((command.blocked?.() ?? null) === null) command.run()
  }
  window.addEventListener('keydown', onKeydown)
  onScopeDispose(() => window.removeEventListener('keydown', onKeydown))
}

function isFree(target: EventTarget | null, key: string): boolean {
  if (document.querySelector('[aria-modal="true"]')?.checkVisibility()) return false
  if (key.startsWith('Ctrl ')) return true
  if (!(target instanceof Element)) return true
  const writes = target.closest('input:not([type=checkbox], [type=radio]), textarea, [contenteditable]')
  return writes === null && !(key === 'Space' && target.closest('button, input, [role=switch]'))
}

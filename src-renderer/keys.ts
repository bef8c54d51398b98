import { onScopeDispose } from 'vue'
import { type Command, keyOfEvent } from './stores/commands.ts'

/** Two presses of a key within this time are one, ms. Nobody can have seen between them what the second would act on. */
export const DOUBLE_PRESS_MS = 300

interface Press {
  id: string
  at: number
}

/** Whether a key press acts: not while the key is held down, and not as the second half of a double press. */
export function acts({ id, at, isRepeat }: Press & { isRepeat: boolean }, last: Press | null): boolean {
  return !isRepeat && !(last?.id === id && at - last.at < DOUBLE_PRESS_MS)
}

/** Run the command of a pressed key, unless the user is typing or a dialog is open. */
export function listenToKeys(commandOf: (key: string) => Command | undefined): void {
  let last: Press | null = null
  /** Another key or a click in between shows that two presses are meant. */
  const interrupt = (event: Event) => {
    const key = event.type === 'keydown' ? keyOfEvent(event as KeyboardEvent) : ''
    if (last !== null && key !== null && commandOf(key)?.id !== last.id) last = null
  }
  const onKeydown = (event: KeyboardEvent) => {
    const key = keyOfEvent(event)
    if (key === null || event.defaultPrevented) return
    const command = commandOf(key)
    if (!command || !canRun(event.target, key, command)) return
    event.preventDefault()
    const press = { id: command.id, at: performance.now(), isRepeat: event.repeat }
    const doesAct = command.steps === true || acts(press, last)
    last = press
    if (doesAct && (command.blocked?.() ?? null) === null) command.run()
  }
  for (const name of ['keydown', 'pointerdown']) window.addEventListener(name, interrupt, { capture: true })
  window.addEventListener('keydown', onKeydown)
  onScopeDispose(() => {
    for (const name of ['keydown', 'pointerdown']) window.removeEventListener(name, interrupt, { capture: true })
    window.removeEventListener('keydown', onKeydown)
  })
}

/** Whether a modal dialog is open. Closed dialogs stay in the document, hidden or fading out, so they do not count. */
export const dialogIsOpen = (): boolean =>
  [...document.querySelectorAll('[aria-modal="true"]')].some((dialog) =>
    dialog.checkVisibility() && dialog.closest('[class*="-leave-active"]') === null)

/** Whether keys typed at this target edit text. */
export const isEditingText = (target: EventTarget | null): boolean => target instanceof Element
  && target.closest('input:not([type=checkbox], [type=radio]), textarea, [contenteditable]') !== null

/**
 * Leave text fields with Esc: for the row of the field if it has one, so that the place is kept and keys are commands again. An open list
 * of choices closes first, and a field that uses Esc itself prevents the default.
 */
export function leaveFieldsByEscape(): void {
  let wasExpanded = false
  const beforehand = ({ target }: Event) => {
    wasExpanded = target instanceof Element && target.getAttribute('aria-expanded') === 'true'
  }
  const onKeydown = ({ key, target, defaultPrevented, isComposing }: KeyboardEvent) => {
    if (key !== 'Escape' || isComposing || wasExpanded || dialogIsOpen() || !isEditingText(target)) return
    const field = target as HTMLElement
    // A closed list of choices uses Esc for nothing, but prevents the default all the same.
    if (defaultPrevented && !field.matches('[role=combobox]')) return
    if (document.activeElement !== field) return
    const row = field.closest<HTMLElement>('[data-row]')
    if (row) row.focus()
    else field.blur()
  }
  window.addEventListener('keydown', beforehand, { capture: true })
  window.addEventListener('keydown', onKeydown)
  onScopeDispose(() => {
    window.removeEventListener('keydown', beforehand, { capture: true })
    window.removeEventListener('keydown', onKeydown)
  })
}

/** Keys that move a slider. */
const slidingKeys = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'])

function canRun(target: EventTarget | null, key: string, { inDialogs }: Command): boolean {
  if (dialogIsOpen()) return inDialogs === true
  if (key.startsWith('Ctrl ') || /^(Shift )?F\d+$/.test(key)) return true
  if (target instanceof Element && target.matches('input[type=range]')) return !slidingKeys.has(key)
  if (isEditingText(target)) return false
  return !(key === 'Space' && target instanceof Element && target.closest('button, input, [role=switch]'))
}

import { onScopeDispose } from 'vue'
import { createClickGuard, type Sight } from './click-guard.ts'
import { isEditingText } from './keys.ts'

const roles = ['button', 'menuitem', 'option', 'radio', 'checkbox', 'switch', 'tab', 'link']
/** What takes clicks. The overlay of a dialog closes it. */
const controls = ['button', 'a[href]', 'input', 'select', 'summary', ...roles.map((role) => `[role=${role}]`), '.el-overlay'].join(', ')

/** A label and its input are one control: a click on the label clicks the input too. */
const controlAt = (target: EventTarget | null): Element | null =>
  (target instanceof Element ? target.closest('label') ?? target.closest(controls) : null)

const meaningOf = (control: Element | null): string => (control === null || control.matches('.el-overlay')
  ? ''
  : [control.getAttribute('data-test'), control.getAttribute('aria-label'), control.textContent].join('\n'))

function sightAt(x: number, y: number, at: number, target: EventTarget | null): Sight {
  const control = controlAt(target)
  return { x, y, at, control, meaning: meaningOf(control) }
}

/** The time of an event is that of the click. A busy page handles it later. */
const sightOf = ({ clientX, clientY, timeStamp, target }: MouseEvent): Sight => sightAt(clientX, clientY, timeStamp, target)

/** The list row of a click. A row element is reused for other rows, so its mark counts. */
const rowOf = (target: EventTarget | null) =>
  (target instanceof Element ? target.closest('[role=row]')?.getAttribute('data-test') ?? null : null)

const dropEvent = (event: Event) => {
  event.preventDefault()
  event.stopImmediatePropagation()
}

/** Keys that act where the focus is. While one is held down, its repetitions would act on what takes the focus next. */
const actingKeys = new Set(['Enter', ' ', 'Delete', 'Backspace', 'Escape'])

function isHeldAction({ key, repeat, target }: KeyboardEvent): boolean {
  if (!repeat || !actingKeys.has(key)) return false
  if (!isEditingText(target)) return true
  return key === 'Enter' && !(target as Element).matches('textarea, [contenteditable]')
}

/** What changes the control under a resting pointer. */
const changes = { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['data-test', 'aria-label', 'style'] }

/** Call `changed` after every frame in which the page has changed, until the window closes. Then the page has its layout already. */
function onPageChange(changed: () => void): void {
  let isScheduled = false
  const observer = new MutationObserver(() => {
    if (isScheduled) return
    isScheduled = true
    requestAnimationFrame(() => setTimeout(() => {
      isScheduled = false
      changed()
    }))
  })
  observer.observe(document.body, changes)
  onScopeDispose(() => observer.disconnect())
}

/** Make double clicks and held keys act once, until the window closes: never also on what has just appeared in their place. */
export function actOnce(): void {
  const guard = createClickGuard()
  let pointer: { x: number; y: number } | null = null
  /** Rows of the last two clicks. */
  let rows: (string | null)[] = []

  const onPointer = (event: MouseEvent) => {
    pointer = { x: event.clientX, y: event.clientY }
    guard.see(sightOf(event))
  }
  onPageChange(() => {
    if (!pointer) return
    const { x, y } = pointer
    guard.see(sightAt(x, y, performance.now(), document.elementFromPoint(x, y)))
  })
  const onClick = (event: MouseEvent) => {
    // A click by key or by code has no pointer.
    if (event.detail === 0) return
    rows = [...rows.slice(-1), rowOf(event.target)]
    if (!guard.takes(sightOf(event))) dropEvent(event)
  }
  const onDoubleClick = (event: MouseEvent) => { if (rows[0] !== rows[1]) dropEvent(event) }
  const onKeydown = (event: KeyboardEvent) => { if (isHeldAction(event)) dropEvent(event) }

  const mouse = { pointerover: onPointer, pointermove: onPointer, click: onClick, dblclick: onDoubleClick }
  const listeners = { ...mouse, keydown: onKeydown }
  const all = Object.entries(listeners) as [string, EventListener][]
  for (const [name, listener] of all) window.addEventListener(name, listener, { capture: true })
  onScopeDispose(() => { for (const [name, listener] of all) window.removeEventListener(name, listener, { capture: true }) })
}

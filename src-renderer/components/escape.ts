/** Call `close` if Esc is pressed where it closes nothing else. A closed list of choices would take the key for itself. */
export const onEscape = (close: () => void) => ({ target }: KeyboardEvent) => {
  if (target instanceof Element && target.matches('input') && target.getAttribute('aria-expanded') !== 'true') close()
}

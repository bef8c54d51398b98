/** Rows of a form's fields. Esc leaves a field for its row, see keys.ts. */
const ROW = '[data-row]'

/** Arrow keys go from row to row, Enter goes into the row's field. Keys typed into a field are left to it. */
export function moveBetweenRows(event: KeyboardEvent): void {
  const row = event.target
  if (!(row instanceof HTMLElement) || !row.matches(ROW) || event.ctrlKey || event.altKey || event.metaKey) return
  const form = event.currentTarget as HTMLElement
  const target = targetOf(event.key, row, [...form.querySelectorAll<HTMLElement>(ROW)])
  if (!target) return
  event.preventDefault()
  target.focus()
  if (target instanceof HTMLInputElement) target.select()
}

function targetOf(key: string, row: HTMLElement, rows: readonly HTMLElement[]): HTMLElement | null | undefined {
  const index = rows.indexOf(row)
  switch (key) {
    case 'ArrowDown': return rows[index + 1]
    case 'ArrowUp': return rows[index - 1]
    case 'Home': return rows[0]
    case 'End': return rows.at(-1)
    case 'Enter': return row.querySelector<HTMLElement>('input:not([type=range]), textarea, button')
    default: return null
  }
}

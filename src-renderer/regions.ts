const focusable = [
  'button:not(:disabled)', 'input:not(:disabled)', 'textarea:not(:disabled)', 'select:not(:disabled)', 'a[href]', '[tabindex]',
].map((one) => `${one}:not([tabindex="-1"])`).join(', ')

/** Where the focus was in each region when it was left. */
const left = new WeakMap<Element, HTMLElement>()

/** Moves the focus to the next part of the window, or to the one before; it comes back to where it was in there. */
export function focusRegion(by: 1 | -1): void {
  const regions = visibleRegions()
  const here = regions.findIndex((region) => region.contains(document.activeElement))
  if (here >= 0) left.set(regions[here], document.activeElement as HTMLElement)
  const start = here < 0 && by < 0 ? 0 : here
  for (let step = 1; step <= regions.length; step++) {
    const region = regions[(start + by * step + regions.length * 2) % regions.length]
    const target = targetIn(region)
    if (!target) continue
    target.focus()
    return
  }
}

/** Rail, tools, panes of the work, status bar, and what floats, in the order of the document; of nested ones the innermost. */
function visibleRegions(): Element[] {
  const all = [...document.querySelectorAll('[data-region], [data-region] .el-splitter-panel')]
  return all.filter((region) => region.checkVisibility() && !all.some((other) => other !== region && region.contains(other)))
}

function targetIn(region: Element): HTMLElement | undefined {
  const before = left.get(region)
  if (before && region.contains(before) && before.checkVisibility()) return before
  const current = region.querySelector<HTMLElement>('[aria-current]')
  return current ?? [...region.querySelectorAll<HTMLElement>(focusable)].find((one) => one.checkVisibility())
}

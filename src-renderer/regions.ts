const focusable = [
  'button:not(:disabled)', 'input:not(:disabled)', 'textarea:not(:disabled)', 'select:not(:disabled)', 'a[href]', '[tabindex]',
].map((one) => `${one}:not([tabindex="-1"])`).join(', ')

/** Element of each region that last had the focus. */
const lastFocused = new WeakMap<Element, HTMLElement>()

/** Move the focus to the next or previous region, to the element there that last had it. */
export function focusRegion(by: 1 | -1): void {
  const regions = visibleRegions()
  const here = regions.findIndex((region) => region.contains(document.activeElement))
  if (here >= 0) lastFocused.set(regions[here]!, document.activeElement as HTMLElement)
  const start = here < 0 && by < 0 ? 0 : here
  for (let step = 1; step <= regions.length; step++) {
    const region = regions[(start + by * step + regions.length * 2) % regions.length]!
    const target = targetIn(region)
    if (!target) continue
    target.focus()
    return
  }
}

/** Visible regions in document order: rail, tools, panes, status bar, floating cards. Of nested regions, only the innermost. */
function visibleRegions(): Element[] {
  const all = [...document.querySelectorAll('[data-region], [data-region] .el-splitter-panel')]
  return all.filter((region) => region.checkVisibility() && !all.some((other) => other !== region && region.contains(other)))
}

function targetIn(region: Element): HTMLElement | undefined {
  const before = lastFocused.get(region)
  if (before && region.contains(before) && before.checkVisibility()) return before
  const current = region.querySelector<HTMLElement>('[aria-current]')
  return current ?? [...region.querySelectorAll<HTMLElement>(focusable)].find((one) => one.checkVisibility())
}

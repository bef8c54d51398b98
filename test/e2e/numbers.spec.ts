import { expect, test } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { call, type Laboratory, newFolder, open } from './laboratory.ts'
import type { RunSummary } from '../../src-main/contract/run.ts'

const SEED = 4_294_967_295
const tiny = {
  task: { kind: 'sinusoids', patterns: 1, steps: 50, inputChannels: 5 }, network: { recurrentNeurons: 6, threshold: 0.0004552 }, training: { epochs: 2 },
}
/** Thirty-six arms with rates that need powers of ten, and names longer than any column. */
const sweep = {
  name: 'A search of learning rates whose name is longer than the columns of most tables',
  spec: tiny, seeds: [SEED],
  axes: [
    { kind: 'list', path: 'learning.rateInput', values: [1, 2, 3, 4, 5, 6].map((value) => Number(`${value}.74251e-5`)) },
    { kind: 'list', path: 'learning.rateOutput', values: [1, 2, 3, 4, 5, 6].map((value) => Number(`${value}.1234e-5`)) },
  ],
}

const runsOf = async ({ page }: Laboratory) => (await call(page, 'runs.list', {}) as { value: RunSummary[] }).value

/** Texts and inputs with digits of which a part is out of sight, although nothing can be scrolled to show it. */
const cutNumbers = ({ page }: Laboratory) => page.evaluate(() => {
  const clips = (element: Element) => ['hidden', 'clip'].includes(getComputedStyle(element).overflowX)
  const scrolls = (element: Element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX)
  const isCut = (node: Node, element: Element): boolean => {
    const range = document.createRange()
    range.selectNodeContents(node)
    for (let above: Element | null = element; above !== null; above = above.parentElement) {
      if (scrolls(above)) return false
      const { left, right } = above.getBoundingClientRect()
      if (clips(above) && [...range.getClientRects()].some((rect) => rect.right > right + 1 || rect.left < left - 1)) return true
    }
    return false
  }
  const isShown = (element: Element) =>
    element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 1
  const found: string[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const { currentNode: node } = walker
    const element = node.parentElement
    if (!element || !/\d/.test(node.textContent ?? '') || !isShown(element)) continue
    const overflows = element.scrollWidth > element.clientWidth + 1 && clips(element)
    if (overflows || isCut(node, element)) found.push(node.textContent!.trim())
  }
  // A name or a list is scrolled in its input.
  const inputs = [...document.querySelectorAll('input')].filter((input) => /\d/.test(input.value) && !/[,; ]/.test(input.value) && isShown(input))
  return [...found, ...inputs.filter((input) => input.scrollWidth > input.clientWidth + 1).map((input) => `input ${input.value}`)]
})

test('no number is cut on any screen, and a comparison says what it leaves out', async () => {
  const folder = await newFolder()
  const lab = await open(folder)
  const { at, page } = lab
  expect(await call(page, 'sweeps.takeUp', { sweep })).toMatchObject({ ok: true })
  await expect.poll(async () => (await runsOf(lab)).filter(({ status }) => status === 'done').length, { timeout: 150_000 }).toBe(36)
  await at('rail-library').click()
  const mark = await page.locator('[data-test^="run-row-"]').first().getAttribute('data-test')
  const run = (await runsOf(lab)).find(({ runId }) => `run-row-${runId}` === mark)!

  await test.step('the Library and its inspector', async () => {
    await at(`run-row-${run.runId}`).click()
    await expect(at('run-inspector')).toContainText(/\d\.74251 × 10⁻⁵/)
    await expect(at('run-inspector')).toContainText('0.0004552')
    await expect(at(`run-row-${run.runId}`)).toContainText('4\u202f294\u202f967\u202f295')
    // The last parameter of the name stays in sight.
    await expect(at(`run-row-${run.runId}`)).toContainText(/\d\.1234 × 10⁻⁵/)
    expect(await cutNumbers(lab)).toEqual([])
  })

  await test.step('the form', async () => {
    await at('redesign').click()
    await expect(at('field-network.threshold')).toHaveValue('0.0004552')
    await expect(at('field-learning.rateInput')).toHaveValue(/^\d\.74251e-5$/)
    await at('field-learning.rateInput').fill('0.000012345678901234567')
    expect(await cutNumbers(lab)).toEqual([])
    await at('field-learning.rateInput').fill('7.74251 × 10⁻⁵')
    await expect(at('field-error-learning.rateInput')).toBeHidden()
  })

  await test.step('the Queue, the results of the sweep and the run', async () => {
    await at('rail-queue').click()
    await expect(at('queue-table')).toBeVisible()
    expect(await cutNumbers(lab)).toEqual([])
    await at('rail-library').click()
    await at(`run-row-${run.runId}`).dblclick()
    await expect(at('run-progress')).toContainText('seed 4\u202f294\u202f967\u202f295')
    await expect(at('run-head-outcome')).toHaveText(run.outcome!)
    expect(await cutNumbers(lab)).toEqual([])
    await at('rail-library').click()
    await page.keyboard.press('w')
    await expect(at('sweep-results-table')).toContainText('10⁻⁵')
    await expect(at('sweep-results-table')).toContainText(/1 (untrained|silent|diverged)/)
    expect(await cutNumbers(lab)).toEqual([])
  })

  await test.step('Compare', async () => {
    await at('sweep-compare').click()
    await at('legend-row').locator('.name').last().click()
    await at('legend-remove').click()
    await expect(at('compare-omitted')).toContainText('35 of 36 runs')
    await expect(at('chart-compare-loss')).toContainText('35 of 36 runs')
    const names = await at('compare-metrics').locator('tbody th').allInnerTexts()
    expect(names).toHaveLength(35)
    expect(new Set(names).size).toBe(35)
    for (const name of names) expect(name).toMatch(/\d\.74251 × 10⁻⁵.*\d\.1234 × 10⁻⁵/)
    expect(await cutNumbers(lab)).toEqual([])
  })

  await test.step('the exported chart has the whole legend of the curves that are shown', async () => {
    const file = join(folder, 'comparison.svg')
    await lab.application.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = (async () => ({ canceled: false, filePath })) as typeof dialog.showSaveDialog
    }, file)
    await at('legend-shown').first().click()
    await expect(async () => {
      await at('chart-compare-loss-svg').click()
      const svg = await readFile(file, 'utf8')
      expect(svg.match(/>Input learning rate [^<]*</g)).toHaveLength(34)
      expect(svg).toContain('35 of 36 runs')
    }).toPass({ timeout: 15_000 })
  })

  await test.step('the head of a table stays on top when it scrolls', async () => {
    const isCovered = await at('compare-metrics').evaluate((table) => {
      const box = table.parentElement!
      box.scrollTop = 90
      box.scrollLeft = 40
      return [...table.querySelectorAll('thead th')].slice(0, 2).map((head) => {
        const { left, top, bottom } = head.getBoundingClientRect()
        const seen = document.elementFromPoint(left + 16, (top + bottom) / 2)
        return { onTop: head.contains(seen) || head === seen, atTop: Math.abs(top - box.getBoundingClientRect().top) < 1 }
      })
    })
    expect(isCovered[0]).toEqual({ onTop: true, atTop: true })
    expect(isCovered[1]!.atTop).toBe(true)
    await at('compare-choose').click()
    await expect(at('filter')).toHaveValue(run.sweep!.sweepId)
  })

  expect(lab.complaints).toEqual([])
  await lab.close()
})

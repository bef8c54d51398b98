import { expect, test } from '@playwright/test'
import type { MenuItem } from 'electron'
import { freshPage, newFolder, open, type Laboratory } from './laboratory.ts'

interface Item { label: string; ids: string[]; accelerator: string | null; registers: boolean }

/** All menu items, including those of submenus. */
const menuItems = ({ application }: Laboratory): Promise<Item[]> => application.evaluate(({ Menu }) => {
  const flat = (items: MenuItem[]): MenuItem[] => items.flatMap((item) => [item, ...flat(item.submenu?.items ?? [])])
  return flat(Menu.getApplicationMenu()!.items).map((item) => ({
    label: item.label, ids: item.id ? item.id.split(' ') : [], accelerator: item.accelerator ?? null, registers: item.registerAccelerator,
  }))
})

const choose = ({ application }: Laboratory, id: string) =>
  application.evaluate(({ Menu }, id) => { Menu.getApplicationMenu()!.getMenuItemById(id)!.click() }, id)

/** Commands of the palette on this screen: id and key. */
async function offers({ page, at }: Laboratory): Promise<Map<string, string>> {
  await page.keyboard.press('Control+k')
  await expect(at('palette-query')).toBeFocused()
  const found = await page.locator('[data-test^="offer-"]').evaluateAll((all) =>
    all.map((one) => [one.getAttribute('data-test')!.slice('offer-'.length), one.querySelector('kbd')?.textContent ?? ''] as const))
  await page.keyboard.press('Escape')
  await expect(at('palette')).toBeHidden()
  return new Map(found)
}

/** Convert a key of the palette to a menu accelerator. */
const asAccelerator = (key: string) => key.replace('−', '-').replace('Ctrl', 'CommandOrControl').replace(/ \+$/, ' Plus').replaceAll(' ', '+')

let lab: Laboratory
test.beforeAll(async () => { lab = await open(await newFolder()) })
test.beforeEach(() => freshPage(lab))
test.afterAll(() => lab.close())

test('the menus offer the commands of the screens with the same keys and never run one twice', async () => {
  const known = new Map<string, string>([['palette', 'Ctrl K']])
  for (const screen of ['library', 'design', 'queue', 'run', 'compare', 'figures', 'settings']) {
    await lab.at(`rail-${screen}`).click()
    for (const [id, key] of await offers(lab)) known.set(id, known.get(id) || key)
  }
  const items = (await menuItems(lab)).filter(({ ids }) => ids.length > 0)
  expect(items.length).toBeGreaterThan(25)
  // This library has no run, so the commands for a run are not available.
  const ofRuns = ['pause-run', 'resume-run', 'stop-run', 'retry-run']
  for (const { ids, accelerator, registers } of items) {
    expect(registers, ids.join()).toBe(false)
    if (ofRuns.includes(ids[0]!)) continue
    expect(known.has(ids[0]!), ids[0]).toBe(true)
    if (accelerator !== null) expect(accelerator, ids[0]).toBe(asAccelerator(known.get(ids[0]!)!))
  }

  await choose(lab, 'go-settings')
  await expect(lab.at('theme')).toBeVisible()
  await choose(lab, 'start')
  await expect(lab.page.getByText('Not available on this screen')).toBeVisible()
  await choose(lab, 'go-design')
  await lab.at('field-training.epochs').fill('7')
  await choose(lab, 'undo undo-move')
  await expect(lab.at('field-training.epochs')).toHaveValue('250')
  await lab.page.keyboard.press('Control+Shift+z')
  await expect(lab.at('field-training.epochs')).toHaveValue('7')
  expect(lab.complaints).toEqual([])
})

test('the shortcut list is complete, grouped and searchable', async () => {
  const { at, page } = lab
  await at('rail-design').click()
  await at('rail-library').click()
  const here = [...await offers(lab)].filter(([, key]) => key !== '')
  await page.keyboard.press('?')
  await expect(at('key-query')).toBeFocused()
  const groups = await at('key-sheet').getByRole('heading', { level: 3 }).allTextContents()
  expect(groups.slice(0, 3)).toEqual(['Library (current screen)', 'Everywhere', 'In lists'])
  expect(groups).toContain('Design')
  const keys = await at('key-sheet').locator('kbd').allTextContents()
  for (const [id, key] of here) expect(keys, id).toContain(key)
  await at('key-query').fill('archive')
  await expect(at('key-sheet').locator('dd')).toHaveText(['Move to the archive'])
  // Keys are text here and do not run commands.
  await at('key-query').fill('')
  await page.keyboard.type('2')
  await expect(at('keys-Everywhere').locator('dd')).toHaveText(['Go to Design'])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Library')
})

test('F6 cycles through the panes and restores the focus in each', async () => {
  const { at, page } = lab
  await at('rail-design').click()
  const place = () => page.evaluate(() => {
    const region = document.activeElement?.closest('.el-splitter-panel, [data-region]')
    const panels = [...document.querySelectorAll('.el-splitter-panel')]
    return region?.classList.contains('el-splitter-panel') ? `pane ${panels.indexOf(region)}` : region?.tagName.toLowerCase() ?? null
  })
  const round: (string | null)[] = []
  await at('rail-design').focus()
  for (let step = 0; step < 6; step++) {
    round.push(await place())
    await page.keyboard.press('F6')
  }
  expect(round.slice(0, 2)).toEqual(['nav', 'header'])
  expect(round.slice(2, 4)).toEqual(['pane 0', 'pane 1'])
  expect(round).toContain('footer')
  await at('field-training.epochs').focus()
  await page.keyboard.press('Shift+F6')
  expect(await place()).toBe('pane 0')
  await page.keyboard.press('F6')
  await expect(at('field-training.epochs')).toBeFocused()
})

test('Tab goes from rail to tools, work and status bar, and is never trapped', async () => {
  const { at, page } = lab
  const order = ['nav', 'header', 'div', 'footer']
  for (const screen of ['library', 'design', 'queue', 'run', 'compare', 'figures', 'settings']) {
    await at(`rail-${screen}`).click()
    await at('rail-library').focus()
    const regions: string[] = []
    do {
      await page.keyboard.press('Tab')
      regions.push(await page.evaluate(() => document.activeElement?.closest('[data-region]')?.tagName.toLowerCase() ?? 'none'))
    } while (regions.length < 300 && await at('rail-library').evaluate((one) => one !== document.activeElement))
    expect(regions.pop(), screen).toBe('nav')
    const places = regions.map((region) => order.indexOf(region))
    expect(places, screen).toEqual(places.toSorted((one, other) => one - other))
    expect(new Set(places), screen).toContain(order.indexOf('footer'))
  }
})

test('the theme follows the system at run time, and reduced motion stops all animation', async () => {
  const { page } = lab
  const isDark = () => page.evaluate(() => document.documentElement.classList.contains('dark'))
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await expect.poll(isDark).toBe(true)
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await expect.poll(isDark).toBe(false)
  for (const screen of ['library', 'design', 'queue', 'settings']) {
    await lab.at(`rail-${screen}`).click()
    await page.keyboard.press('Control+k')
    const moving = await page.evaluate(() => [...document.querySelectorAll('*')].filter((element) => {
      const { transitionDuration, animationName } = getComputedStyle(element)
      return animationName !== 'none' || transitionDuration.split(', ').some((one) => Number.parseFloat(one) > 0)
    }).map(({ className }) => String(className)))
    expect(moving).toEqual([])
    await page.keyboard.press('Escape')
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null })
})

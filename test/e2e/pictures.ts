import { expect } from '@playwright/test'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot, type Laboratory } from './laboratory.ts'

const small = { width: 1280, height: 800 }
const sizes = [small, { width: 1920, height: 1080 }]
const themes = ['light', 'dark'] as const

/** One state of each screen is kept, for comparison by eye with the next. */
const kept = new Set([
  'library', 'design', 'design-refused', 'sweep-halving', 'queue-running', 'sweep-result', 'tournament', 'run', 'run-live', 'compare', 'figures', 'settings', 'keys', 'tour',
])
/** In the README, light and small. */
const inReadme = new Set(['design', 'run', 'run-live', 'library', 'compare', 'figures', 'settings', 'queue-running', 'sweep-halving'])

const shots = 'test-results/screenshots'

/** A picture under its name alone. */
export const capture = async (lab: Laboratory, screen: string) => write(join(shots, `${screen}.png`), await picture(lab))

type Shoot = (screen: string) => Promise<void>

/** Calls `take` in every size and theme; `shoot` takes a picture of what is then seen. */
export async function everywhere(lab: Laboratory, take: (shoot: Shoot) => Promise<void>): Promise<void> {
  for (const size of sizes) {
    await resize(lab, size)
    for (const theme of themes) {
      await lab.page.emulateMedia({ colorScheme: theme })
      const isFirst = size === small && theme === 'light'
      await take(async (screen) => {
        const name = `${screen}-${theme}-${size.width}x${size.height}.png`
        const bytes = await picture(lab)
        await write(join(shots, name), bytes)
        if (kept.has(screen)) await write(join('test/e2e/__screenshots__', name), bytes)
        if (inReadme.has(screen) && isFirst) await write(`resources/screenshots/${screen}.png`, bytes)
      })
    }
  }
}

async function resize({ application, page }: Laboratory, size: { width: number; height: number }): Promise<void> {
  await application.evaluate(({ BrowserWindow }, { width, height }) =>
    BrowserWindow.getAllWindows()[0]!.setContentSize(width, height), size)
  await expect.poll(() => page.evaluate(() => ({ width: innerWidth, height: innerHeight }))).toEqual(size)
}

async function picture({ page }: Laboratory): Promise<Buffer> {
  // Away from everything that a pointer would light up.
  await page.mouse.move(640, 2)
  await page.waitForTimeout(700)
  return page.screenshot()
}

async function write(path: string, bytes: Buffer): Promise<void> {
  const file = join(projectRoot, path)
  await mkdir(join(file, '..'), { recursive: true })
  await writeFile(file, bytes)
}

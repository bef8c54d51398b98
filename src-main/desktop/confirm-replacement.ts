import type { BrowserWindow } from 'electron'
import path from 'node:path'
import { oneLine } from '../../src-engine/format/hidden-characters.ts'
import type { App } from '../app/app.ts'
import { confirmAnyway } from './dialogs.ts'

// Questions before something is replaced of which no copy is kept. Like those before a deletion, they are asked outside of the page.

/** Ask before one thing is replaced. */
export const confirmReplaced = (window: BrowserWindow, kind: 'figure' | 'view' | 'study', name: string): Promise<boolean> =>
  confirmAnyway(window, {
    message: `Replace the ${kind}?`, detail: `${oneLine(name)}\n\nNo copy of the ${kind} as it was is kept.`, action: `Replace ${kind}`,
  })

/**
 * A function that asks before kept figures are replaced: once for each, because a figure is saved many times while it is edited. A figure
 * that was new is the page's own.
 */
export function confirmReplacedFigures(app: App, window: BrowserWindow) {
  const agreed = new Set<string>()
  const key = (name: string) => name.toLowerCase()

  async function mayReplace(names: readonly string[]): Promise<boolean> {
    const kept = new Map((await app.figures.list()).map(({ name }) => [key(name), name]))
    for (const name of new Set(names.map(key))) {
      const known = kept.get(name)
      if (known !== undefined && !agreed.has(name) && !await confirmReplaced(window, 'figure', known)) return false
      agreed.add(name)
    }
    return true
  }
  return Object.assign(mayReplace, { /** After other figures have taken the place of all. */ forget: () => agreed.clear() })
}

/** Ask before a view is replaced by another one. */
export async function confirmReplacedView(
  app: App, window: BrowserWindow, { name, address }: { name: string; address: string },
): Promise<boolean> {
  const kept = (await app.views.list()).find((view) => view.name.toLowerCase() === name.toLowerCase())
  return kept === undefined || kept.address === address || confirmReplaced(window, 'view', kept.name)
}

/** Ask before files beside a figure are replaced, about which the dialog for the figure itself did not ask. */
export const confirmReplacedFiles = (window: BrowserWindow, files: readonly string[]): Promise<boolean> =>
  confirmAnyway(window, {
    message: 'Replace the files beside the figure?',
    detail: `${files.map((file) => oneLine(path.basename(file))).join('\n')}\n\nThey have another content, and no copy of it is kept.`,
    action: 'Replace files',
  })

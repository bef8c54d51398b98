import type { BrowserWindow } from 'electron'
import { oneLine } from '../../src-engine/format/hidden-characters.ts'
import { counted } from '../../src-engine/format/words.ts'
import type { App } from '../app/app.ts'
import { runName } from '../contract/run.ts'
import { confirmAnyway } from './dialogs.ts'

// Questions before something is deleted. They are asked here, since a page that another program controls could answer its own.

/** Names of runs that a question lists. */
const MOST_NAMED = 10

/** Ask before runs are deleted for good. */
export async function confirmRuns(app: App, window: BrowserWindow, runIds: readonly string[]): Promise<boolean> {
  const [runs, presets] = await Promise.all([app.summaries([...runIds]), app.presets()])
  const titles = new Map(presets.map(({ id, title }) => [id, title]))
  const names = runs.slice(0, MOST_NAMED).map((run) => oneLine(runName(run, titles)))
  const more = runs.length > MOST_NAMED ? [`and ${counted(runs.length - MOST_NAMED, 'more run')}`] : []
  const count = counted(runIds.length, 'run')
  return confirmAnyway(window, {
    message: `Delete ${count} permanently?`,
    detail: `${[...names, ...more].join('\n')}\n\nAll epochs, snapshots and checkpoints are deleted too. This cannot be undone.`,
    action: `Delete ${count}`,
  })
}

const ONLY_UNDO = 'Only Undo in the message that follows brings it back. The library keeps no copy.'

const confirmOne = (window: BrowserWindow, kind: string, name: string, detail = ONLY_UNDO) =>
  confirmAnyway(window, { message: `Delete the ${kind}?`, detail: `${oneLine(name)}\n\n${detail}`, action: `Delete ${kind}` })

export async function confirmPreset(app: App, window: BrowserWindow, id: string): Promise<boolean> {
  const preset = (await app.presets()).find((one) => one.id === id)
  return confirmOne(window, 'preset', preset?.title ?? id)
}

export async function confirmFigure(app: App, window: BrowserWindow, name: string): Promise<boolean> {
  const figure = (await app.figures.list()).find((one) => one.name === name)
  return confirmOne(window, 'figure', name, figure?.document === null
    ? 'This version cannot read the figure, so it cannot be restored.'
    : ONLY_UNDO)
}

export const confirmView = (window: BrowserWindow, name: string): Promise<boolean> => confirmOne(window, 'view', name)

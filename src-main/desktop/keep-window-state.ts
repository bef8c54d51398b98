import type { BrowserWindow } from 'electron'
import { readFileSync, writeFileSync } from 'node:fs'
import type { WindowState } from './window-state.ts'

/** Read the saved state. Undefined if the file is missing or damaged, because a window position is not worth an error. */
export function readWindowState(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** Save the size and position of the window to `file` when it closes. */
export function keepWindowState(window: BrowserWindow, file: string): void {
  window.on('close', () => {
    const state: WindowState = { ...window.getNormalBounds(), maximized: window.isMaximized() }
    writeFileSync(file, JSON.stringify(state))
  })
}

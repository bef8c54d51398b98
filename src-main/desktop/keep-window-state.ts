import type { BrowserWindow } from 'electron'
import { readFileSync } from 'node:fs'
import { writeSmallFile } from '../app/files.ts'
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
    try {
      writeSmallFile(file, JSON.stringify(state))
    } catch {
      // The disk may be full. The next start then uses the position saved before.
    }
  })
}

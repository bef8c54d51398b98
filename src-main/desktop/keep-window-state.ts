import type { BrowserWindow } from 'electron'
import { readFileSync, writeFileSync } from 'node:fs'
import type { WindowState } from './window-state.ts'

/** The kept state as it is in the file; undefined where there is none or it is damaged, for a place is worth no error. */
export function readWindowState(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** Writes the window's size and place to `file` when it closes. */
export function keepWindowState(window: BrowserWindow, file: string): void {
  window.on('close', () => {
    const state: WindowState = { ...window.getNormalBounds(), maximized: window.isMaximized() }
    writeFileSync(file, JSON.stringify(state))
  })
}

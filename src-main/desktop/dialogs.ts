import { app, dialog, type BrowserWindow } from 'electron'
import { join } from 'node:path'

interface FileKind { name: string; extensions: string[] }

/** Ask for the path of a new file. @returns null if the dialog was cancelled */
export async function chooseTarget(window: BrowserWindow, suggested: string, kind: FileKind): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: join(app.getPath('documents'), suggested),
    filters: [kind],
  })
  return canceled || !filePath ? null : filePath
}

/** Ask for a folder. @returns null if the dialog was cancelled */
export async function chooseFolder(window: BrowserWindow, title: string): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title,
    defaultPath: app.getPath('documents'),
    properties: ['openDirectory', 'createDirectory'],
  })
  return canceled ? null : filePaths[0] ?? null
}

/** Ask whether to go on in spite of a warning. Cancel is the default. */
export async function confirmAnyway(
  window: BrowserWindow, { message, detail, action }: { message: string; detail: string; action: string },
): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning', message, detail, buttons: [action, 'Cancel'], defaultId: 1, cancelId: 1, noLink: true,
  })
  return response === 0
}

/** Ask for a file to read. @returns null if the dialog was cancelled */
export async function chooseSource(
  window: BrowserWindow, title: string, kind: FileKind, defaultPath?: string,
): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title, filters: [kind], properties: ['openFile'], ...(defaultPath !== undefined && { defaultPath }),
  })
  return canceled ? null : filePaths[0] ?? null
}

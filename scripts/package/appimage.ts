import { spawn } from 'node:child_process'
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { InstalledElectron } from '../runtime/electron-installed.ts'
import { root } from '../runtime/paths.ts'
import { tool } from '../runtime/run.ts'
import { builderConfig } from './config.ts'
import { artifactName, kindOf } from './names.ts'

const MOST_MINUTES = 5

/**
 * Creates an AppImage from an unpacked application, with tools that electron-builder downloads.
 * @returns its path; null after logging the reason if electron-builder fails
 */
export async function makeAppImage(folder: string, electron: InstalledElectron, outDir: string): Promise<string | null> {
  const workFolder = mkdtempSync(join(outDir, '.appimage-'))
  try {
    const config = join(workFolder, 'builder.json')
    writeFileSync(config, JSON.stringify(builderConfig(electron, workFolder)))
    const reason = await runBuilder(['--linux', 'AppImage', '--prepackaged', folder, '--config', config, '--publish', 'never'])
    if (reason === null) return moved(`${artifactName(kindOf(electron))}.AppImage`, workFolder, outDir)
    console.log(`Skipped the AppImage because electron-builder failed (${reason}).`)
    return null
  } finally {
    rmSync(workFolder, { recursive: true, force: true })
  }
}

/** Runs electron-builder in a process that is stopped if a download hangs. Returns null, or the reason why it failed. */
function runBuilder(args: string[]): Promise<string | null> {
  const child = spawn(...tool('electron-builder', args), {
    cwd: root, stdio: ['ignore', 'pipe', 'pipe'], timeout: MOST_MINUTES * 60_000,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (code === 0) resolve(null)
      else resolve(signal ? `timed out after ${MOST_MINUTES} minutes` : reasonOf(output))
    })
  })
}

/** First error message in electron-builder's log, or its last line. */
export function reasonOf(output: string): string {
  const line = /^ *⨯ (.+)$/m.exec(output)?.[1] ?? output.trim().split('\n').at(-1)!
  return line.replace(/^.*\berror=/, '')
}

function moved(name: string, from: string, to: string): string {
  renameSync(join(from, name), join(to, name))
  return join(to, name)
}

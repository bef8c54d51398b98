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
 * Makes an AppImage of an unpacked application with tools that electron-builder downloads.
 * @returns null, having said why, where they cannot be had
 */
export async function makeAppImage(folder: string, electron: InstalledElectron, outDir: string): Promise<string | null> {
  const workshop = mkdtempSync(join(outDir, '.appimage-'))
  try {
    const config = join(workshop, 'builder.json')
    writeFileSync(config, JSON.stringify(builderConfig(electron, workshop)))
    const obstacle = await runBuilder(['--linux', 'AppImage', '--prepackaged', folder, '--config', config, '--publish', 'never'])
    if (obstacle === null) return moved(`${artifactName(kindOf(electron))}.AppImage`, workshop, outDir)
    console.log(`No AppImage: electron-builder could not make one (${obstacle}).`)
    return null
  } finally {
    rmSync(workshop, { recursive: true, force: true })
  }
}

/** In a process of its own, which can be ended when a download gets nowhere. Null, or why it failed. */
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
      else resolve(signal ? `not done after ${MOST_MINUTES} minutes` : reasonOf(output))
    })
  })
}

/** Of electron-builder's log, what it says where it first stumbles. */
export function reasonOf(output: string): string {
  const line = /^ *⨯ (.+)$/m.exec(output)?.[1] ?? output.trim().split('\n').at(-1)!
  return line.replace(/^.*\berror=/, '')
}

function moved(name: string, from: string, to: string): string {
  renameSync(join(from, name), join(to, name))
  return join(to, name)
}

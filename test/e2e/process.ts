import electronPath from 'electron'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { environment, wordsFor } from './laboratory.ts'

export interface Ended {
  code: number | null
  output: string
}

/** Starts the application without a driver and waits for its end; for starts that are meant to end by themselves. */
export function runToItsEnd(folder: string): Promise<Ended> {
  const recorder = join(import.meta.dirname, 'fixtures/answer-dialogs.cjs')
  // Chromium's sandbox is off here as it is where the driver starts the application.
  const words = ['--no-sandbox', '-r', recorder, ...wordsFor(folder)]
  const child = spawn(electronPath as unknown as string, words, { cwd: folder, env: environment() })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { output += chunk })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })
}

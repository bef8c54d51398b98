import Database from 'better-sqlite3'
import { type ChildProcess, spawn } from 'node:child_process'
import type { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { runCommand } from '../../../src-main/cli/run-command.ts'
import { program } from '../../fixtures/built.ts'

export interface Ended {
  code: number | null
  out: string
  err: string
}

/** Starts the command line as a process, for tests of signals and kills. */
export const start = (args: string[], cwd: string, library: string, env: NodeJS.ProcessEnv = {}): ChildProcess =>
  spawn(process.execPath, [program, ...args], { cwd, env: { ...process.env, CHALCOGEN_LIBRARY: library, ...env } })

export function end(child: ChildProcess): Promise<Ended> {
  const ended = { out: '', err: '' }
  child.stdout!.on('data', (text: Buffer) => { ended.out += text.toString() })
  child.stderr!.on('data', (text: Buffer) => { ended.err += text.toString() })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...ended })))
}

/** Sends the command its signals; receives each text that it writes to standard error. */
export interface Attendance {
  signals?: EventEmitter
  onError?(text: string): void
}

/** Runs a command in this process, which saves the start of Node. Run one at a time: it changes the folder and environment. */
export async function inProcess(
  args: string[], cwd: string, library: string, env: NodeJS.ProcessEnv = {}, { signals, onError = () => {} }: Attendance = {},
): Promise<Ended> {
  const before = { cwd: process.cwd(), env: process.env }
  const ended = { out: '', err: '' }
  process.chdir(cwd)
  process.env = { ...before.env, CHALCOGEN_LIBRARY: library, ...env }
  try {
    const code = await runCommand(args, {
      isLive: false,
      writeOut: (text) => { ended.out += text },
      writeError: (text) => {
        ended.err += text
        onError(text)
      },
      signals,
    })
    return { code, ...ended }
  } finally {
    process.env = before.env
    process.chdir(before.cwd)
  }
}

/** Waits until a program has saved this number of epochs in a library. @throws Error if it ends before */
export async function untilTrained(child: ChildProcess, library: string, epochs: number): Promise<void> {
  while (epochsIn(library) < epochs) {
    const hasEnded = child.exitCode !== null || child.signalCode !== null
    if (hasEnded) throw new Error(`The program ended after ${epochsIn(library)} of ${epochs} epochs.`)
    await setTimeout(5)
  }
}

function epochsIn(library: string): number {
  if (!existsSync(library)) return 0
  const db = new Database(library, { readonly: true })
  try {
    return db.prepare('SELECT count(*) FROM epochs').pluck().get() as number
  } catch {
    // It has no tables yet.
    return 0
  } finally {
    db.close()
  }
}

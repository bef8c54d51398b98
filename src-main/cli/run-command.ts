import { CommanderError } from 'commander'
import { errorLine } from '../app/log/log-app.ts'
import { BAD_INPUT, DONE, failureOf } from './failure.ts'
import { exitCodeOf, Interruption } from './interruption.ts'
import { type Terminal, toJson } from './output.ts'
import { printableText } from './printable.ts'
import { createProgram } from './program.ts'

/**
 * Runs one `chalcogen` command. A signal ends it as interruption.ts says.
 * @returns its exit code: 128 + the signal's number if a signal kept it from doing all that was asked for
 */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const interruption = new Interruption(terminal.signals)
  try {
    const ended = runToEnd(args, terminal, interruption)
      .then((code) => (interruption.signal !== null && code !== DONE ? exitCodeOf(interruption.signal) : code))
    return await Promise.race([ended, interruption.endNow])
  } finally {
    interruption.end()
  }
}

async function runToEnd(args: readonly string[], terminal: Terminal, interruption: Interruption): Promise<number> {
  let exitCode = DONE
  try {
    await createProgram((code) => { exitCode = code }, terminal, interruption).parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCode
    return reportFailure(error, args, terminal)
  }
}

function reportFailure(error: unknown, args: readonly string[], { writeOut, writeError, log }: Terminal): number {
  const { exitCode, code, message, problems } = failureOf(error)
  // Input may be part of its message, so only the code of bad input is written.
  log?.write('error', `The command failed: ${exitCode === BAD_INPUT ? code : errorLine(error)}`)
  if (args.includes('--json')) writeOut(`${toJson({ error: { code, message, problems } })}\n`)
  // Commander has already written its own message.
  if (!(error instanceof CommanderError)) writeError(`${printableText(message)}\n`)
  return exitCode
}

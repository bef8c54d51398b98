import { CommanderError } from 'commander'
import { failureOf } from './failure.ts'
import { type Terminal, toJson } from './output.ts'
import { createProgram } from './program.ts'

/** Runs one `chalcogen` command. @returns its exit code */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = 0
  try {
    await createProgram((code) => { exitCode = code }, terminal).parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCode
    return reportFailure(error, args, terminal)
  }
}

function reportFailure(error: unknown, args: readonly string[], { writeOut, writeError }: Terminal): number {
  const { exitCode, code, message, problems } = failureOf(error)
  if (args.includes('--json')) writeOut(`${toJson({ error: { code, message, problems } })}\n`)
  // Commander has already written its own message.
  if (!(error instanceof CommanderError)) writeError(`${message}\n`)
  return exitCode
}

#!/usr/bin/env node
import { CommanderError } from 'commander'
import { failureOf } from './failure.ts'
import { toJson } from './output.ts'
import { createProgram } from './program.ts'

const program = createProgram((exitCode) => { process.exitCode = exitCode })
try {
  await program.parseAsync()
} catch (error) {
  fail(error)
}

function fail(error: unknown): void {
  if (error instanceof CommanderError && error.exitCode === 0) return
  const { exitCode, code, message, problems } = failureOf(error)
  if (process.argv.includes('--json')) process.stdout.write(`${toJson({ error: { code, message, problems } })}\n`)
  if (!(error instanceof CommanderError)) process.stderr.write(`${message}\n`)
  process.exitCode = exitCode
}

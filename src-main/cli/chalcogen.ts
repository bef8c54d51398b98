#!/usr/bin/env node
import { removeDrafts } from '../app/files.ts'
import { DONE, FAILED } from './failure.ts'
import { processTerminal } from './process-terminal.ts'
import { runCommand } from './run-command.ts'

const terminal = processTerminal()
process.once('exit', removeDrafts)

const exitCode = await runCommand(process.argv.slice(2), terminal)
const failure = await terminal.out.flushed()
if (failure) terminal.writeError(`Could not write to standard output: ${failure.message}\n`)
await terminal.error.flushed()
process.exitCode = failure && exitCode === DONE ? FAILED : exitCode
// A signal ends the process even if some work of the command is still pending.
if (exitCode > 128) process.exit()

#!/usr/bin/env node
import { removeDrafts } from '../app/files.ts'
import { openLog } from '../app/log/log.ts'
import { DONE, FAILED } from './failure.ts'
import { processTerminal } from './process-terminal.ts'
import { runCommand } from './run-command.ts'
import { applicationVersion } from './surroundings.ts'

const terminal = processTerminal()
const log = openLog('command line')
const args = process.argv.slice(2)
// Other words of the command may name people's files.
const [word = ''] = args
const program = `Chalcogen ${applicationVersion}`
process.once('exit', removeDrafts)

log.write('info', `Start: ${program} ${/^[a-z-]+$/.test(word) ? word : ''}, Node ${process.versions.node}, ${process.platform} ${process.arch}.`)
const exitCode = await runCommand(args, { ...terminal, log })
const failure = await terminal.out.flushed()
if (failure) terminal.writeError(`Could not write to standard output: ${failure.message}\n`)
await terminal.error.flushed()
log.write('info', `End: ${program}, exit code ${exitCode}.`)
await log.flushed()
process.exitCode = failure && exitCode === DONE ? FAILED : exitCode
// A signal ends the process even if some work of the command is still pending.
if (exitCode > 128) process.exit()

import { Command, InvalidArgumentError, Option } from 'commander'
import { type Budget, budgetSchema } from '../../src-engine/spec/sweep.ts'
import type { Shelf } from '../app/app.ts'
import { backup, restore } from './backup.ts'
import { bench, type BenchFlags } from './bench.ts'
import { check } from './check.ts'
import { exportRuns, type ExportFlags } from './export.ts'
import { list } from './list.ts'
import { createOutput, type Output, type Terminal } from './output.ts'
import { presets } from './presets.ts'
import { queue, resume, retry } from './resume.ts'
import { reproduce, type ReproduceFlags } from './reproduce.ts'
import { run, type RunFlags } from './run.ts'
import { deleteRuns, shelve } from './shelves.ts'
import { show } from './show.ts'
import { compact, importRuns, move } from './space.ts'
import { sweep, type SweepFlags, sweeps } from './sweep.ts'
import { applicationVersion } from './surroundings.ts'
import { ablate, type AblationFlags, tournament, type TournamentFlags } from './tournament.ts'
import { verifyEngine } from './verify-engine.ts'

interface Common {
  json?: boolean
  library?: string
}

const shelves = [
  ['archive', 'archive', 'Put runs away; they stay in the library, out of the list.'],
  ['trash', 'trash', 'Move runs to the trash, from which they can be deleted or brought back.'],
  ['unshelve', 'library', 'Bring runs back from the archive or the trash.'],
] as const

/** @throws InvalidArgumentError */
function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError('found no whole number from 1 to 999')
  return Number(text)
}

/** 'epochs', 'set=100000' or 'energy=5'. @throws InvalidArgumentError */
function budgetOf(text: string): Budget {
  const [kind, amount] = text.split('=')
  const parsed = budgetSchema.safeParse({
    kind, ...(kind === 'set' && { pulses: Number(amount) }), ...(kind === 'energy' && { microjoules: Number(amount) }),
  })
  if (!parsed.success) throw new InvalidArgumentError('found no budget such as epochs, set=100000 or energy=5')
  return parsed.data
}

const ofReproduction = (to: Command) => to
  .addOption(new Option('--workers <number>', 'runs at the same time (default: as many as there are cores)').argParser(wholeNumber))
  .option('--out <folder>', 'where the report goes', 'results')
  .option('--search', 'first search the settings of every scheme, and write them as presets')
  .addOption(new Option('--epochs <number>', 'a rehearsal of so many epochs').argParser(wholeNumber))
  .addOption(new Option('--seeds <number>', 'a rehearsal of so many seeds').argParser(wholeNumber))

const each = (value: string, earlier: string[]) => [...earlier, value]

/** The `chalcogen` command; `ended` is given the exit code of the chosen subcommand. */
export function createProgram(ended: (exitCode: number) => void, terminal: Terminal): Command {
  const program = new Command('chalcogen')
    .description('Spiking networks on phase-change-memory synapses: run experiments, keep and export them.')
    .version(applicationVersion)
    .exitOverride()
    .configureOutput({ writeOut: terminal.writeOut, writeErr: terminal.writeError })
    .showHelpAfterError('(chalcogen --help lists the commands and options)')

  const command = (usage: string, description: string) =>
    program.command(usage).description(description).option('--json', 'one JSON document on standard output')
  const withLibrary = (to: Command) => to.option('--library <file>', 'the library (default: CHALCOGEN_LIBRARY, or the user\'s data folder)')
  const output = ({ json = false }: Common): Output => createOutput(terminal, json)

  withLibrary(command('run <spec>', 'Run a spec file or a preset and keep the result.'))
    .option('--seed <number>', 'replaces the seed of the spec')
    .option('--set <path=value>', 'replaces one value of the spec, such as training.epochs=20; may be repeated', each, [])
    .option('--figure [file]', 'writes loss and outputs as SVG (default: figures/ beside the library)')
    .action(async (spec: string, flags: RunFlags & Common) => ended(await run(spec, flags, output(flags))))

  withLibrary(command('sweep <sweep>', 'Run a sweep file and keep every run of it, or go on with a kept sweep by its id.'))
    .option('--plan', 'only say what it comes to: arms, runs, disk, and time by a short probe')
    .addOption(new Option('--workers <number>', 'runs at the same time (default: as many as there are cores)').argParser(wholeNumber))
    .action(async (word: string, flags: SweepFlags & Common) => ended(await sweep(word, flags, output(flags))))

  withLibrary(command('sweeps', 'List the kept sweeps, newest first.'))
    .action(async (flags: Common) => ended(await sweeps(flags, output(flags))))

  const ofTournament = (to: Command) => withLibrary(to)
    .addOption(new Option('--workers <number>', 'runs at the same time (default: as many as there are cores)').argParser(wholeNumber))
    .addOption(new Option('--budget <budget>', 'what all arms are given the same of: epochs, set=100000 (pulses), energy=5 (µJ)').argParser(budgetOf))
    .option('--out <folder>', 'also writes a report: tables (Markdown, LaTeX, CSV), figure, every run')

  ofTournament(command('tournament <sweep>', 'Set the arms of a sweep file or a kept sweep against each other: intervals, paired tests, pulses.'))
    .action(async (word: string, flags: TournamentFlags & Common) => ended(await tournament(word, flags, output(flags))))

  ofTournament(command('ablate <spec>', 'What each non-ideality of the devices costs: a run, preset or spec with each of them off.'))
    .option('--conventions', 'the published conventions one by one instead')
    .addOption(new Option('--seeds <number>', 'so many seeds, from that of the spec on (default: 5)').argParser(wholeNumber))
    .action(async (word: string, flags: AblationFlags & Common) => ended(await ablate(word, flags, output(flags))))

  ofReproduction(withLibrary(command('reproduce <study>', 'Run a whole study, or go on with it, and write its report, tables and figures.')))
    .action(async (study: string, flags: ReproduceFlags & Common) => ended(await reproduce(study, flags, output(flags))))

  withLibrary(command('resume <run>', 'Go on with a run that was paused, stopped, interrupted or failed, from its last checkpoint.'))
    .action(async (runId: string, flags: Common) => ended(await resume(runId, flags, output(flags))))

  withLibrary(command('retry <run>', 'Run the spec of a kept run again, as a new run.'))
    .action(async (runId: string, flags: Common) => ended(await retry(runId, flags, output(flags))))

  withLibrary(command('queue', 'Run what waits in the queue and no program works on.'))
    .action(async (flags: Common) => ended(await queue(flags, output(flags))))

  withLibrary(command('presets', 'List the shipped presets and your own.'))
    .action(async (flags: Common) => ended(await presets(flags, output(flags))))

  withLibrary(command('list', 'List the kept runs, newest first.'))
    .addOption(new Option('--shelf <shelf>', 'of the runs (default: library)').choices(['library', 'archive', 'trash']))
    .action(async (flags: Common & { shelf?: Shelf }) => ended(await list(flags, output(flags))))

  withLibrary(command('show <run>', 'Show one run.'))
    .action(async (runId: string, flags: Common) => ended(await show(runId, flags, output(flags))))

  command('verify-engine', 'Check the engine against golden files and published statistics.')
    .option('--golden <file>', 'one more golden file; may be repeated', each, [])
    .action(async (flags: Common & { golden: string[] }) => ended(await verifyEngine(flags, output(flags))))

  command('bench', 'Measure this machine: seconds per sequence, kernels, draws, SQLite, workers, and the ratio to a C baseline.')
    .option('--quick', 'small networks and few repetitions')
    .option('--neurons <list>', 'recurrent neurons of the timed networks (default: 100,200,400,1000)')
    .action(async (flags: Common & BenchFlags) => ended(await bench(flags, output(flags))))

  withLibrary(command('export <run...>', 'Write runs as CSV tables, a JSON document, or an archive for another library.'))
    .addOption(new Option('--format <format>', 'of the files').choices(['csv', 'json', 'archive']).makeOptionMandatory())
    .requiredOption('--out <folder>', 'where to; made if missing')
    .action(async (runIds: string[], flags: Common & ExportFlags) => ended(await exportRuns(runIds, flags, output(flags))))

  withLibrary(command('import <file>', 'Take in the runs of an archive, or of another library.'))
    .action(async (file: string, flags: Common) => ended(await importRuns(file, flags, output(flags))))

  for (const [name, shelf, description] of shelves) {
    withLibrary(command(`${name} <run...>`, description))
      .action(async (runIds: string[], flags: Common) => ended(await shelve(runIds, shelf, flags, output(flags))))
  }

  withLibrary(command('delete <run...>', 'Delete runs for good; only those in the trash.'))
    .action(async (runIds: string[], flags: Common) => ended(await deleteRuns(runIds, flags, output(flags))))

  withLibrary(command('check', 'Read the whole library and compare everything with what was written.'))
    .option('--repair', 'mend what can be mended without losing anything')
    .action(async (flags: Common & { repair?: boolean }) => ended(await check(flags, output(flags))))

  withLibrary(command('backup', 'Back the library up, also while it is in use.'))
    .option('--list', 'list the backups instead')
    .action(async (flags: Common & { list?: boolean }) => ended(await backup(flags, output(flags))))

  withLibrary(command('restore [backup]', 'Put a backup in the library\'s place, which is kept aside; without a backup, list them.'))
    .action(async (file: string | undefined, flags: Common) => ended(await restore(file, flags, output(flags))))

  withLibrary(command('compact', 'Give the room of what was deleted back to the disk.'))
    .action(async (flags: Common) => ended(await compact(flags, output(flags))))

  withLibrary(command('move <folder>', 'Move the library and its backups into another folder.'))
    .action(async (folder: string, flags: Common) => ended(await move(folder, flags, output(flags))))

  return program
}

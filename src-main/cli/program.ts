import { Command, InvalidArgumentError, Option } from 'commander'
import { type Budget, budgetSchema } from '../../src-engine/experiment/sweep.ts'
import { exportFormats, tableFormats } from '../app/app.ts'
import { runIdOf } from '../app/run-ids.ts'
import { annotate, type AnnotateFlags } from './annotate.ts'
import { backup, restore } from './backup.ts'
import { bench, type BenchFlags } from './bench.ts'
import { check } from './check.ts'
import { diagnostics } from './diagnostics.ts'
import { exportRuns, type ExportFlags } from './export.ts'
import { list, type ListFlags } from './list.ts'
import { type ImportFlags, importRuns } from './import.ts'
import type { Interruption } from './interruption.ts'
import { createOutput, type Output, type Terminal } from './output.ts'
import { figure, type FigureFlags } from './figure.ts'
import { presets } from './presets.ts'
import { printableText } from './printable.ts'
import { queue, resume, retry } from './resume.ts'
import { run, type RunFlags } from './run.ts'
import { deleteRuns, shelve } from './shelves.ts'
import { show } from './show.ts'
import { compact, move } from './space.ts'
import { search, type SearchFlags, study, type StudyFlags } from './study.ts'
import { sweep, type SweepFlags, sweeps } from './sweep.ts'
import { applicationVersion } from './surroundings.ts'
import { runTable, type TableFlags } from './table.ts'
import { ablate, type AblationFlags, tournament, type TournamentFlags } from './tournament.ts'
import { verify } from './verify.ts'
import { verifyEngine } from './verify-engine.ts'

interface Common {
  json?: boolean
  library?: string
}

const shelves = [
  ['archive', 'archive', 'Move runs to the archive, out of the default list.'],
  ['trash', 'trash', 'Move runs to the trash. Restore them with unshelve.'],
  ['unshelve', 'library', 'Move runs from the archive or the trash back to the library.'],
] as const

/** @throws InvalidArgumentError */
function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError('Enter a whole number from 1 to 999.')
  return Number(text)
}

/** @throws InvalidArgumentError */
function resolution(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Enter a whole number, such as 300.')
  return Number(text)
}

/** Parse 'epochs', 'set=100000', 'energy=5' or 'write-energy=5'. @throws InvalidArgumentError */
function budgetOf(text: string): Budget {
  const [kind, amount] = text.split('=')
  const parsed = budgetSchema.safeParse({
    kind, ...(kind === 'set' && { pulses: Number(amount) }), ...(kind?.endsWith('energy') && { microjoules: Number(amount) }),
  })
  if (!parsed.success) throw new InvalidArgumentError('Enter epochs, set=100000, energy=5 or write-energy=5.')
  return parsed.data
}

const number = (flags: string, description: string) => new Option(flags, description).argParser(wholeNumber)
const withWorkers = (to: Command) => to.addOption(number('--workers <number>', 'number of parallel runs (default: one per core)'))

const withStudyOptions = (to: Command) => withWorkers(to)
  .option('--out <folder>', 'report folder', 'results')
  .option('--plan', 'print the parts with their runs and estimated time, and run nothing')
  .option('--search', 'search the settings of every arm first, and save them too')
  .addOption(number('--epochs <number>', 'rehearse the study with this number of epochs'))
  .addOption(number('--seeds <number>', 'rehearse the study with this number of seeds'))

const each = (value: string, earlier: string[] = []) => [...earlier, value]

/** Refuses what cannot be the id of a run before the library is opened. */
function withRunIds(to: Command): Command {
  for (const argument of to.registeredArguments.filter((one) => one.name() === 'run')) {
    const idOf = (word: string) => runIdOf(word)
    if (argument.variadic) argument.argParser<string[]>((word, earlier) => each(idOf(word), earlier))
    else argument.argParser(idOf)
  }
  return to
}

/**
 * Create the `chalcogen` command.
 * @param ended receives the exit code of the chosen subcommand
 */
export function createProgram(ended: (exitCode: number) => void, terminal: Terminal, interruption: Interruption): Command {
  const program = new Command('chalcogen')
    .description('Train spiking networks on phase-change-memory synapses. Run, compare and export experiments.')
    .version(applicationVersion, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show help')
    .exitOverride()
    .configureOutput({ writeOut: terminal.writeOut, writeErr: (text) => terminal.writeError(printableText(text)) })
    .showHelpAfterError('List all commands and options with: chalcogen --help')

  const command = (usage: string, description: string) =>
    withRunIds(program.command(usage).description(description).option('--json', 'print the result as one JSON document'))
  /** Options that choose runs as the filter of the Library does. */
const withSelection = (to: Command) => to
  .option('--where <query>', 'runs that a query finds, such as "mse < 0.05 and scheme = fp32 and tag:paper"')
  .addOption(new Option('--shelf <shelf>', 'shelf to look in (default: library)').choices(['library', 'archive', 'trash']))
const withFiles = (to: Command) => to
  .option('--files <folder>', 'folder below which the experiment may read files, besides its own folder')
const withLibrary = (to: Command) => to.option('--library <file>', 'library file (default: $CHALCOGEN_LIBRARY, or a file in your data folder)')
  const output = ({ json = false }: Common): Output => createOutput(terminal, json, interruption)

  program.addHelpCommand(program.createCommand('help').argument('[command]').description('Show help for a command.').helpGroup('Help:'))

  program.commandsGroup('Run experiments:')

  withFiles(withLibrary(command('run <spec>', 'Run a spec file or preset and save the result.')))
    .option('--seed <number>', 'override the seed of the spec')
    .option('--set <path=value>', 'override one value of the spec, such as training.epochs=20 (repeatable)', each)
    .option('--figure [file]', 'draw the loss and the outputs as SVG, PDF or PNG (default: figures/ next to the library)')
    .action(async (spec: string, flags: RunFlags & Common) => ended(await run(spec, flags, output(flags))))

  withFiles(withWorkers(withLibrary(command('sweep <sweep>', 'Run a sweep file, or continue a saved sweep by its id.'))))
    .option('--plan', 'print the arms, runs, disk space and estimated time, and run only a short probe')
    .action(async (word: string, flags: SweepFlags & Common) => ended(await sweep(word, flags, output(flags))))

  const withTournamentOptions = (to: Command) => withFiles(withWorkers(withLibrary(to)))
    .addOption(new Option('--budget <budget>', 'equal budget of all arms: epochs, set=100000 (pulses), energy=5 or write-energy=5 (µJ; the latter without READs)').argParser(budgetOf))
    .option('--out <folder>', 'also write a report with tables (Markdown, LaTeX, CSV), a figure and all runs')

  withTournamentOptions(command('tournament <sweep>', 'Run a sweep and compare its arms: intervals, paired tests and pulses.'))
    .action(async (word: string, flags: TournamentFlags & Common) => ended(await tournament(word, flags, output(flags))))

  withTournamentOptions(command('ablate <spec>', 'Measure the cost of each device non-ideality of a run, preset or spec file.'))
    .option('--conventions', 'measure each published convention instead')
    .addOption(number('--seeds <number>', 'number of seeds, starting at the seed of the spec (default: 5)'))
    .action(async (word: string, flags: AblationFlags & Common) => ended(await ablate(word, flags, output(flags))))

  withStudyOptions(withLibrary(command('study <study>', 'Run or continue a study by its id or file, and write its report, tables and figures.')))
    .action(async (word: string, flags: StudyFlags & Common) => ended(await study(word, flags, output(flags))))

  withStudyOptions(withLibrary(command('reproduce <study>', 'The same for a shipped study, such as "paper".')))
    .action(async (word: string, flags: StudyFlags & Common) => ended(await study(word, flags, output(flags), 'reproduce')))

  withWorkers(withLibrary(command('search <study> [words...]', 'Search settings of a study and save them: of all arms, or of those that you name.')))
    .option('--out <folder>', 'folder for the settings and presets; what it has of other arms is kept', 'results')
    .addOption(number('--epochs <number>', 'rehearse the search with this number of epochs'))
    .action(async (word: string, words: string[], flags: SearchFlags & Common) =>
      ended(await search(word, words, flags, output(flags))))

  withLibrary(command('resume <run>', 'Resume a paused, stopped, interrupted or failed run from its last checkpoint.'))
    .action(async (runId: string, flags: Common) => ended(await resume(runId, flags, output(flags))))

  withLibrary(command('retry <run>', 'Run the spec of a saved run again, as a new run.'))
    .action(async (runId: string, flags: Common) => ended(await retry(runId, flags, output(flags))))

  withWorkers(withLibrary(command('verify <run-or-file...>', 'Compute saved runs again, also those of an archive or library file, and compare the results.')))
    .action(async (words: string[], flags: Common & { workers?: number }) => ended(await verify(words, flags, output(flags))))

  withLibrary(command('queue', 'Run all queued runs that no other program owns.'))
    .action(async (flags: Common) => ended(await queue(flags, output(flags))))

  program.commandsGroup('Browse:')

  withSelection(withLibrary(command('list', 'List runs, newest first, or a table of what they have.')))
    .option('--columns <names>', 'values of each run, such as name,loss,learning.rateInput')
    .option('--sort <names>', 'order of the rows, such as scheme,-loss; a minus sorts the largest first')
    .option('--group-by <names>', 'one row for each combination of these values, with n and mean ± SD')
    .option('--names', 'list the names that queries, columns, orders and groups can use')
    .action(async (flags: Common & ListFlags) => ended(await list(flags, output(flags))))

  withLibrary(command('show <run>', 'Show the results and the environment of a run.'))
    .option('--samples', 'with --json, also print the samples of an imported signal')
    .action(async (runId: string, flags: Common & { samples?: boolean }) => ended(await show(runId, flags, output(flags))))

  withLibrary(command('figure <figure>', 'Draw a figure by its name or JSON file, or the loss and the outputs of a run by its id.'))
    .requiredOption('--out <file>', 'SVG, PDF or PNG file')
    .addOption(new Option('--dpi <number>', 'resolution of a PNG file, in pixels per inch (default: 300)').argParser(resolution))
    .option('--outlines', 'write the texts of an SVG as paths, for programs without the font')
    .option('--data', 'also write the data of the figure (CSV), its document (JSON), and a script for matplotlib that draws it again')
    .action(async (word: string, flags: FigureFlags & Common) => ended(await figure(word, flags, output(flags))))

  withLibrary(command('sweeps', 'List saved sweeps, newest first.'))
    .action(async (flags: Common) => ended(await sweeps(flags, output(flags))))

  withLibrary(command('presets', 'List the built-in presets and your own.'))
    .action(async (flags: Common) => ended(await presets(flags, output(flags))))

  program.commandsGroup('Manage runs:')

  withSelection(withLibrary(command(
    'export [run...]', 'Export runs as tables and arrays, a JSON document, networks for other simulators, or an RO-Crate or archive for another library.',
  )))
    .addOption(new Option('--format <format>', 'file format').choices(exportFormats.map(({ format }) => format)).makeOptionMandatory())
    .requiredOption('--out <folder>', 'output folder, created if missing')
    .action(async (runIds: string[], flags: Common & ExportFlags) => ended(await exportRuns(runIds, flags, output(flags))))

  withSelection(withLibrary(command('table [run...]', 'Make a table of finished runs for a paper: mean ± SD over seeds, n, the best in bold, and tests.')))
    .requiredOption('--by <parameters>', 'parameters that make the rows, by their paths, such as scheme,network.threshold')
    .addOption(new Option('--format <format>', 'text format').choices(tableFormats).default('markdown'))
    .option('--out <file>', 'file to write, instead of printing the table')
    .action(async (runIds: string[], flags: Common & TableFlags) => ended(await runTable(runIds, flags, output(flags))))

  withSelection(withLibrary(command('annotate [run...]', 'Name, tag, star and describe runs. Their specs stay as they are.')))
    .option('--tag <tag>', 'add a tag (repeatable)', each)
    .option('--untag <tag>', 'remove a tag (repeatable)', each)
    .option('--note <text>', 'note in Markdown, in place of the one before; an empty one removes it')
    .option('--note-file <file>', 'the same, from a file')
    .option('--star', 'mark with a star')
    .option('--unstar', 'remove the star')
    .option('--name <name>', 'name in place of that of the spec; an empty one brings that back')
    .action(async (runIds: string[], flags: Common & AnnotateFlags) => ended(await annotate(runIds, flags, output(flags))))

  withLibrary(command('import <file>', 'Import the runs of an archive, an RO-Crate or another library.'))
    .option('--dry-run', 'show what would be imported, what is already in the library and what is damaged, and change nothing')
    .action(async (file: string, flags: Common & ImportFlags) => ended(await importRuns(file, flags, output(flags))))

  for (const [name, shelf, description] of shelves) {
    withLibrary(command(`${name} <run...>`, description))
      .action(async (runIds: string[], flags: Common) => ended(await shelve(runIds, shelf, flags, output(flags))))
  }

  withLibrary(command('delete <run...>', 'Permanently delete runs that are in the trash.'))
    .action(async (runIds: string[], flags: Common) => ended(await deleteRuns(runIds, flags, output(flags))))

  program.commandsGroup('Maintain the library:')

  withLibrary(command('check', 'Check the whole library for damage.'))
    .option('--repair', 'repair the damage that can be fixed without losing data')
    .action(async (flags: Common & { repair?: boolean }) => ended(await check(flags, output(flags))))

  withLibrary(command('backup', 'Back up the library, even while it is in use.'))
    .option('--list', 'list the backups instead')
    .action(async (flags: Common & { list?: boolean }) => ended(await backup(flags, output(flags))))

  withLibrary(command('restore [backup]', 'Replace the library with a backup, or list the backups. Keeps the old file.'))
    .action(async (file: string | undefined, flags: Common) => ended(await restore(file, flags, output(flags))))

  withLibrary(command('compact', 'Return the space of deleted data to the disk.'))
    .action(async (flags: Common) => ended(await compact(flags, output(flags))))

  withLibrary(command('move <folder>', 'Move the library and its backups to another folder.'))
    .action(async (folder: string, flags: Common) => ended(await move(folder, flags, output(flags))))

  withLibrary(command('diagnostics', 'Print versions, settings and the end of the log, for a report of an error.'))
    .action(async (flags: Common) => ended(await diagnostics(flags, output(flags))))

  program.commandsGroup('Test this machine:')

  command('verify-engine', 'Check the engine against golden files and published statistics.')
    .option('--golden <file>', 'additional golden file (repeatable)', each)
    .action(async (flags: Common & { golden?: string[] }) => ended(await verifyEngine(flags, output(flags))))

  command('bench', 'Measure the speed of the engine, the library and the workers, and compare it with C.')
    .option('--quick', 'use small networks and few repetitions')
    .option('--neurons <list>', 'recurrent neurons of the timed networks (default: 100,200,400,1000)')
    .action(async (flags: Common & BenchFlags) => ended(await bench(flags, output(flags))))

  return program
}

import { Command, Option } from 'commander'
import { bench, type BenchFlags } from './bench.ts'
import { exportRuns, type ExportFlags } from './export.ts'
import { list } from './list.ts'
import { createOutput, type Output } from './output.ts'
import { presets } from './presets.ts'
import { run, type RunFlags } from './run.ts'
import { show } from './show.ts'
import { applicationVersion } from './surroundings.ts'
import { verifyEngine } from './verify-engine.ts'

interface Common {
  json?: boolean
  library?: string
}

const each = (value: string, earlier: string[]) => [...earlier, value]

/** The `chalcogen` command; `ended` is given the exit code of the chosen subcommand. */
export function createProgram(ended: (exitCode: number) => void): Command {
  const program = new Command('chalcogen')
    .description('Spiking networks on phase-change-memory synapses: run experiments, keep and export them.')
    .version(applicationVersion)
    .exitOverride()
    .configureOutput({ writeErr: (text) => process.stderr.write(text) })
    .showHelpAfterError('(chalcogen --help lists the commands and options)')

  const command = (usage: string, description: string) =>
    program.command(usage).description(description).option('--json', 'one JSON document on standard output')
  const withLibrary = (to: Command) => to.option('--library <file>', 'the library (default: CHALCOGEN_LIBRARY, or the user\'s data folder)')
  const output = ({ json = false }: Common): Output => createOutput(json)

  withLibrary(command('run <spec>', 'Run a spec file or a preset and keep the result.'))
    .option('--seed <number>', 'replaces the seed of the spec')
    .option('--set <path=value>', 'replaces one value of the spec, such as training.epochs=20; may be repeated', each, [])
    .option('--figure [file]', 'writes loss and outputs as SVG (default: figures/ beside the library)')
    .action(async (spec: string, flags: RunFlags & Common) => ended(await run(spec, flags, output(flags))))

  command('presets', 'List the shipped presets.')
    .action(async (flags: Common) => ended(await presets(output(flags))))

  withLibrary(command('list', 'List the kept runs, newest first.'))
    .action(async (flags: Common) => ended(await list(flags, output(flags))))

  withLibrary(command('show <run>', 'Show one run.'))
    .action(async (runId: string, flags: Common) => ended(await show(runId, flags, output(flags))))

  command('verify-engine', 'Check the engine against golden files and published statistics.')
    .option('--golden <file>', 'one more golden file; may be repeated', each, [])
    .action(async (flags: Common & { golden: string[] }) => ended(await verifyEngine(flags, output(flags))))

  command('bench', 'Measure this machine: seconds per sequence, kernels, draws, SQLite, workers, and the ratio to a C baseline.')
    .option('--quick', 'small networks and few repetitions')
    .option('--neurons <list>', 'recurrent neurons of the timed networks (default: 100,200,400,1000)')
    .action(async (flags: Common & BenchFlags) => ended(await bench(flags, output(flags))))

  withLibrary(command('export <run...>', 'Write runs as CSV tables or a JSON document.'))
    .addOption(new Option('--format <format>', 'of the files').choices(['csv', 'json']).makeOptionMandatory())
    .requiredOption('--out <folder>', 'where to; made if missing')
    .action(async (runIds: string[], flags: Common & ExportFlags) => ended(await exportRuns(runIds, flags, output(flags))))

  return program
}

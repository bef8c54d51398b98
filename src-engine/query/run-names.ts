import { outcomes, reasons } from '../statistics/comparison.ts'
import { statusTitles } from '../experiment/run-status.ts'
import { defineName, type NameKind, type QueryName } from './name.ts'

const named = (kind: NameKind) => (name: string, title: string, more: Partial<QueryName> = {}) =>
  defineName({ name, title, kind, ...more })
const number = named('number')
const text = named('text')
const choice = named('choice')
const flag = named('flag')
const time = named('time')
const list = named('list')

const asTitles = (values: readonly string[]) => Object.fromEntries(values.map((value) => [value, value]))

/** What a run has besides its parameters and the metrics of its task. Parameters with a shorter name have their path as an alias. */
export const runNames: readonly QueryName[] = [
  text('name', 'Name'),
  text('run', 'Run id'),
  choice('status', 'Status', { choices: statusTitles }),
  choice('outcome', 'Outcome', { choices: asTitles(outcomes) }),
  list('reason', 'Reason why the run did not learn', { choices: asTitles(reasons) }),
  list('tag', 'Tag'),
  text('note', 'Note'),
  flag('starred', 'Starred'),
  text('preset', 'Preset'),
  number('seed', 'Seed', { isLabel: true }),
  number('epochs', 'Epochs', { aliases: ['training.epochs'] }),
  number('epochsDone', 'Epochs that are done'),
  number('sets', 'SET pulses'),
  number('resets', 'RESET pulses'),
  number('refreshes', 'Refreshed pairs'),
  number('reads', 'READ pulses'),
  number('duration', 'Time computed, of a run that has ended', { unit: 's' }),
  number('timePerSequence', 'Time per sequence', { unit: 's' }),
  time('created', 'Created'),
  time('started', 'Started'),
  time('ended', 'Ended'),
  text('sweep', 'Sweep id'),
  number('arm', 'Arm of the sweep, from 0', { isLabel: true }),
  number('replicate', 'Number that replicates share: runs that differ only in seed, name and preset', { isLabel: true }),
  text('digest', 'Digest of the results'),
  text('error', 'Error that ended the run'),
  flag('unreadable', 'Parameters that cannot be read'),
  flag('unverified', 'Imported, and not verified yet'),
]

import { changeParts, pulseParts } from '../../../src-engine/experiment/recording.ts'
import type { LossKind, MetricKind } from '../../../src-engine/experiment/metrics.ts'
import { column, type Column, columns, optionalInteger } from './table.ts'

/** Columns that tell runs apart, before their parameters. */
export const runIds: Column[] = [
  ...columns([
    ['runId', 'text', null, 'Id of the run'],
    ['name', 'text', null, 'Name of the run or, without one, of the experiment'],
    ['preset', 'text', null, 'Preset that the experiment was made from'],
    ['sweepId', 'text', null, 'Id of the sweep; missing for a single run'],
  ]),
  optionalInteger('arm', 'Arm of the sweep, from 0'),
  ...columns([
    ['armLabel', 'text', null, 'Label of the arm'],
    ['scheme', 'text', null, 'Update scheme'],
    ['seed', 'integer', null, 'Seed'],
  ]),
]

export const endings: Column[] = columns([
  ['status', 'text', null, 'Status of the run'],
  ['outcome', 'text', null, 'Whether the run learned; missing unless it is done'],
  ['reasons', 'text', null, 'Likely reasons why it did not'],
])

/** What the user has written, in the table of runs. */
export const annotations: Column[] = columns([
  ['starred', 'boolean', null, 'Whether the user has marked the run with a star'],
  ['tags', 'text', null, 'Tags that the user gave to the run'],
  ['note', 'text', null, 'Note of the user, in Markdown'],
])

export const unreadable: Column = column('unreadable', 'text', null, 'Why the parameters of the run cannot be read')

const ledger: Column[] = columns([
  ['set', 'integer', null, 'SETs of all devices since the start'],
  ['reset', 'integer', null, 'RESETs of all devices since the start'],
  ['refresh', 'integer', null, 'Device pairs that were refreshed since the start'],
  ['read', 'integer', null, 'READs of all devices since the start'],
])

const metricColumn = ({ id, name, unit }: MetricKind, when: string): Column => column(id, 'number', unit ?? null, `${name}, ${when}`)

export const epochColumns = (losses: readonly LossKind[], metrics: readonly MetricKind[]): Column[] => [
  column('epoch', 'integer', null, 'Epoch, from 1'),
  column('loss', 'number', null, 'Loss of the task, mean over patterns'),
  ...[...losses, ...metrics].map((kind) => metricColumn(kind, 'mean over patterns')),
  ...columns([
    ['meanRateHz', 'number', 'Hz', 'Mean firing rate of the recurrent neurons'],
    ['silent', 'number', null, 'Fraction of recurrent neurons without a spike'],
    ['zeroSurrogate', 'number', null, 'Fraction of neuron-steps with ψ = 0'],
    ['alwaysFiring', 'number', null, 'Fraction of recurrent neurons that fire at nearly every step'],
  ]),
  ...ledger,
  column('saturated', 'number', null, 'Fraction of devices above 0.9 of the maximum conductance'),
]

export const patternColumns: Column[] = columns([
  ['epoch', 'integer', null, 'Epoch, from 1'],
  ['pattern', 'integer', null, 'Pattern, from 0'],
  ['loss', 'number', null, 'Loss of the task for this pattern'],
])

export const runColumns = (losses: readonly LossKind[], metrics: readonly MetricKind[]): Column[] => [
  ...columns([
    ['unverified', 'boolean', null, 'Whether the run was imported and not computed again since'],
    ['epochs', 'integer', null, 'Epochs that were planned'],
    ['epochsDone', 'integer', null, 'Epochs that are done'],
    ['sequences', 'integer', null, 'Sequences that were shown'],
    ['loss', 'number', null, 'Loss of the task in the last epoch, mean over patterns'],
    ['lossLast20', 'number', null, 'Loss of the task, mean of the last 20 epochs'],
  ]),
  ...losses.flatMap((kind) => [
    metricColumn(kind, 'last epoch'), metricColumn({ ...kind, id: `${kind.id}Last20` }, 'mean of the last 20 epochs'),
  ]),
  ...metrics.map((kind) => metricColumn(kind, 'last epoch')),
  column('meanRateHz', 'number', 'Hz', 'Mean firing rate of the recurrent neurons in the last epoch'),
  ...ledger,
  optionalInteger('devices', 'Memory devices of the network'),
  ...columns([
    ['initialSet', 'number', null, 'SETs that would bring all devices to their initial conductance'],
    ['initialReset', 'number', null, 'RESETs that would bring all devices to their initial conductance'],
    ['secondsPerSequence', 'number', 's', 'Median time of one sequence and its update'],
    ['digest', 'text', null, 'Digest of the results'],
    ['createdAt', 'time', null, 'When the run was created'],
    ['startedAt', 'time', null, 'When the run started'],
    ['endedAt', 'time', null, 'When the run ended'],
    ['secondsComputed', 'number', 's', 'Time that the run was computed, without pauses'],
    ['errorCode', 'text', null, 'Code of the error that ended the run'],
    ['errorMessage', 'text', null, 'Error that ended the run'],
  ]),
]

/** What the elements of a stored array are. */
export interface ArrayKind {
  unit: string | null
  description: string
  /** What each dimension counts. */
  dimensions: string[]
}

const perDevice = ['post', 'pre', 'pair', 'device']
const pulses = (name: string): ArrayKind => ({ unit: null, description: `${name} of each device since the start`, dimensions: perDevice })

const trace = (description: string): ArrayKind => ({ unit: null, description, dimensions: ['step'] })

const arrayKinds: Readonly<Record<string, ArrayKind>> = {
  'weight': { unit: null, description: 'Digital weights. NaN where there is no synapse', dimensions: ['post', 'pre'] },
  'conductance': { unit: 'µS', description: 'Conductances, G⁺ before G⁻. NaN where there is no synapse', dimensions: perDevice },
  'age': { unit: 's', description: 'Time since the last pulse of each device. NaN where there is no synapse', dimensions: perDevice },
  'pulses.set': pulses('SETs'),
  'pulses.reset': pulses('RESETs'),
  'pulses.refresh': pulses('Refreshes'),
  'pulses.read': pulses('READs'),
  'output': { unit: null, description: 'Readout', dimensions: ['step', 'output'] },
  'target': { unit: null, description: 'Target of the readout', dimensions: ['step', 'output'] },
  'spikes': { unit: null, description: 'Step and neuron of each spike', dimensions: ['spike', 'step, neuron'] },
  'recorded.membrane': trace('Membrane potential of a neuron for the first pattern, in units of weight'),
  'recorded.threshold': trace('Firing threshold of a neuron, in units of weight'),
  'recorded.signal': trace('Learning signal of a neuron'),
  'recorded.spikes': { unit: null, description: 'Steps of the spikes of a neuron', dimensions: ['spike'] },
  'recorded.eligibility': trace('Eligibility trace of a synapse'),
  'recorded.change': {
    unit: null, description: 'Gradient and weight changes of a synapse, summed over each epoch. The last row is of the array\'s epoch',
    dimensions: ['epoch', changeParts.join(', ')],
  },
  'recorded.pulses': {
    unit: null, description: 'Pulses of a synapse in each epoch. The last row is of the array\'s epoch',
    dimensions: ['epoch', pulseParts.join(', ')],
  },
}

/** Kinds of arrays as a table lists columns. */
export const describedKinds = () =>
  Object.entries(arrayKinds).map(([name, { unit, description }]) => ({ name, unit, description }))

/** What is known of arrays of a kind. A newer version may have others than this one. */
export const arrayKindOf = (kind: string): ArrayKind =>
  (Object.hasOwn(arrayKinds, kind) ? arrayKinds[kind]! : { unit: null, description: kind, dimensions: [] })

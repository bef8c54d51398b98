import type { LossLaw } from '../task/law.ts'
import { epochMetricsOf, lossLawOf } from '../task/laws.ts'
import { makePatterns } from '../task/patterns.ts'
import type { Pattern } from '../task/pattern.ts'
import { Eprop, type Gradients } from '../learning/eprop.ts'
import type { EpropOptions } from '../learning/gradient-form.ts'
import { gaussianWeights, type Layer, makeLayers } from '../learning/layer.ts'
import type { Kernels } from '../kernels/kernels.ts'
import { type Equations, equationsOf } from '../network/equations.ts'
import { neuronModelOf } from '../network/neurons/registry.ts'
import { type Connections, present, SequenceRecord } from '../network/forward.ts'
import { permutation, Stream } from '../random/stream.ts'
import { hasSelfConnections } from '../experiment/layers.ts'
import { isTraced } from '../experiment/recording.ts'
import { isScheduled } from '../experiment/snapshots.ts'
import type { Spec } from '../experiment/spec.ts'
import { outputsOf } from '../experiment/task.ts'
import { ageArrays, countPulses, ledgerArrays, saturatedShare, synapseArrays } from './layer-statistics.ts'
import { digestBytes } from './digest.ts'
import type { EpochEvent, NamedArray, RecordingEvent, SequenceEvent, SnapshotEvent, TrainingEvent } from './events.ts'
import { sizeOf } from './memory.ts'
import { shouldGiveUp } from './give-up.ts'
import { alwaysFiringShare, silentShare } from './neuron-shares.ts'
import type { ObserverHook } from './observer-hook.ts'
import { Recorder } from './recorder.ts'
import { copyLayers, copyProgress, readProgress, restoreLayers, type TrainerState } from './state.ts'
import { type SequenceTimes, sequenceTimes } from './timeline.ts'

/** What a trainer presents and sends back. It follows from the spec and its seed. */
export interface Materials {
  patterns: Pattern[]
  feedback: ArrayLike<number>
}

/**
 * Runs one experiment, sequence by sequence. The same spec always gives the same bits, whatever happens between the steps.
 * A restored trainer continues as if it had never stopped.
 */
export class Trainer {
  readonly spec: Spec
  readonly totalSequences: number
  readonly #patterns: Pattern[]
  readonly #loss: LossLaw
  /** Loss of an output of 0. */
  readonly #baseline: number
  readonly #layers: Layer[]
  readonly #connections: Connections
  readonly #equations: Equations
  readonly #epropOptions: EpropOptions
  readonly #eprop: Eprop
  readonly #record: SequenceRecord
  /** Null if the spec records no neurons and synapses. */
  readonly #recorder: Recorder | null
  readonly #epochLosses: number[] = []
  readonly #epochRate: number[] = []
  /** Last sequence of each pattern, [patterns]; null if the pattern was not presented yet. */
  #presented: (SequenceEvent | null)[]
  #sequencesDone = 0
  /** Epoch with the smallest loss so far; null before the first loss. */
  #best: number | null = null

  /**
   * @param made patterns and feedback, [outputs][neurons], in place of those that follow from the spec: to check the trainer against others
   * @throws BadInput if the data of the task are missing
   */
  constructor(spec: Spec, kernels: Kernels, made: Partial<Materials> = {}) {
    const { task, network } = spec
    const size = sizeOf(spec)
    const { neurons, outputs } = size
    this.spec = spec
    this.totalSequences = spec.training.epochs * task.patterns
    this.#patterns = made.patterns ?? makePatterns(task, spec.seed)
    this.#loss = lossLawOf(task)
    this.#baseline = this.#loss.zero(this.#patterns.map(({ target }) => target))
    this.#layers = makeLayers(spec, kernels)
    this.#connections = Object.fromEntries(this.#layers.map(({ name, synapses }) => [name, synapses])) as unknown as Connections
    this.#equations = equationsOf(network, spec.conventions, task.dt)
    this.#record = new SequenceRecord(size, kernels, neuronModelOf(network).state)
    this.#presented = new Array<null>(task.patterns).fill(null)
    this.#epropOptions = {
      ...size,
      secondsPerStep: task.dt / 1000,
      equations: this.#equations,
      learning: spec.learning,
      feedback: made.feedback ?? gaussianWeights(new Stream(spec.seed, 'feedback'), outputs, neurons, network.feedbackGain),
      findError: this.#loss.error,
      selfConnected: spec.conventions.selfConnections === 'noise',
      kernels,
    }
    this.#eprop = new Eprop(this.#epropOptions)
    this.#recorder = Recorder.of(spec, this.#layers)
  }

  get sequencesDone(): number {
    return this.#sequencesDone
  }

  get done(): boolean {
    return this.#sequencesDone === this.totalSequences || shouldGiveUp(this.#epochLosses, this.#baseline, this.spec.training)
  }

  /**
   * Presents the next sequence and writes its update. Returns the sequence, followed at the end of an epoch by its metrics and
   * snapshots.
   * @param observer hook for this step; it does not change the result
   * @throws Error if the experiment has ended
   */
  step(observer?: ObserverHook): TrainingEvent[] {
    if (this.done) throw new Error('The experiment has ended and has no further sequence')
    const sequence = this.#sequencesDone + 1
    const epoch = Math.ceil(sequence / this.spec.task.patterns)
    const pattern = this.#patternOf(sequence, epoch)
    const times = sequenceTimes(sequence, this.spec.task, this.spec.conventions.timeline)
    this.#present(pattern, sequence, times)
    this.#recorder?.begin(pattern, isTraced(epoch, this.spec) || this.#mayGiveUp())
    const gradients = this.#eprop.learn(this.#patterns[pattern]!.target, this.#record)
    const event = this.#describe(pattern, sequence, epoch)
    this.#update(gradients, pattern, sequence, times, observer)
    this.#presented[pattern] = event
    this.#sequencesDone = sequence
    return sequence % this.spec.task.patterns === 0 ? [event, ...this.#endEpoch(epoch)] : [event]
  }

  /** Copies of the current weights or conductances. */
  arrays(): NamedArray[] {
    return synapseArrays(this.#layers)
  }

  /** Current weights and all metrics as bytes in a fixed order, for hashing. */
  digest(): Uint8Array {
    return digestBytes(this.#layers, this.#epochLosses, this.#epochRate)
  }

  /** Copy of all state that the rest of the run depends on. */
  snapshot(): TrainerState {
    const progress = {
      sequencesDone: this.#sequencesDone, epochLosses: this.#epochLosses, epochRate: this.#epochRate, presented: this.#presented,
    }
    return { ...copyProgress(progress), ...copyLayers(this.#layers), ...this.#recorder?.snapshot() }
  }

  /** Creates a trainer that continues from a snapshot. @throws Error if the state does not match the spec */
  static restore(spec: Spec, state: TrainerState, kernels: Kernels, made?: Partial<Materials>): Trainer {
    const trainer = new Trainer(spec, kernels, made)
    const progress = readProgress(state, spec.task.patterns, outputsOf(spec.task))
    restoreLayers(trainer.#layers, state)
    trainer.#recorder?.restore(state)
    trainer.#sequencesDone = progress.sequencesDone
    for (const loss of progress.epochLosses) trainer.#epochLosses.push(loss)
    for (const rate of progress.epochRate) trainer.#epochRate.push(rate)
    trainer.#presented = [...progress.presented]
    trainer.#best = bestOf(progress.epochLosses)
    return trainer
  }

  #patternOf(sequence: number, epoch: number): number {
    const order = permutation(new Stream(this.spec.seed, 'pattern order', epoch), this.spec.task.patterns)
    return order[(sequence - 1) % this.spec.task.patterns]!
  }

  #present(pattern: number, sequence: number, { presentedAt }: SequenceTimes): void {
    const { task: { steps, dt }, conventions } = this.spec
    if (conventions.selfConnections === 'noise') {
      for (const { name, crossbar } of this.#layers) if (hasSelfConnections(name)) crossbar?.resetDiagonal(presentedAt)
    }
    const presentation = { sequence, presentedAt, secondsPerStep: dt / 1000, steps }
    present(this.#patterns[pattern]!.input, this.#connections, this.#equations, this.#record, presentation)
  }

  #update(gradients: Gradients, pattern: number, sequence: number, { writtenAt }: SequenceTimes, observer?: ObserverHook): void {
    const observers = [this.#recorder, observer].filter((one) => one !== null && one !== undefined)
    for (const one of observers) one.learned(this.#record, this.#patterns[pattern]!.target, this.#epropOptions)
    const at = { now: writtenAt, sequence, estimate: this.spec.conventions.estimate }
    for (const layer of this.#layers) {
      const direction = layer.optimiser.direction(gradients[layer.name])
      for (const one of observers) one.beforeUpdate(layer, gradients[layer.name])
      layer.update(direction, at)
      for (const one of observers) one.afterUpdate(layer, direction)
    }
  }

  #describe(pattern: number, sequence: number, epoch: number): SequenceEvent {
    const { output, spikes, size: { neurons, outputs } } = this.#record
    const { target } = this.#patterns[pattern]!
    const { steps, dt } = this.spec.task
    return {
      kind: 'sequence',
      epoch,
      sequence,
      pattern,
      loss: this.#loss.of(output, target),
      meanRateHz: spikes.spikes / neurons / ((steps * dt) / 1000),
      zeroSurrogate: this.#eprop.zeroSurrogates / (steps * neurons),
      outputs,
      output: new Float32Array(output),
      target: new Float32Array(target),
      spikes: spikes.toPairs(),
    }
  }

  #endEpoch(epoch: number): TrainingEvent[] {
    const presented = this.#presented.filter((event) => event !== null)
    const { task: { steps }, network: { recurrentNeurons } } = this.spec
    const metrics: EpochEvent = {
      kind: 'epoch',
      epoch,
      loss: mean(presented.map(({ loss }) => loss)),
      patternLosses: presented.map(({ loss }) => loss),
      metrics: epochMetricsOf(this.spec.task, presented),
      meanRateHz: mean(presented.map(({ meanRateHz }) => meanRateHz)),
      silent: silentShare(presented, recurrentNeurons),
      zeroSurrogate: mean(presented.map(({ zeroSurrogate }) => zeroSurrogate)),
      alwaysFiring: alwaysFiringShare(presented, recurrentNeurons, steps, this.#equations.neuron.refractorySteps),
      ledger: countPulses(this.#layers),
      saturated: saturatedShare(this.#layers, this.spec.device.maxConductance),
    }
    this.#epochLosses.push(metrics.loss)
    this.#epochRate.push(metrics.meanRateHz)
    return [metrics, ...this.#recordingOf(epoch), ...this.#snapshotOf(metrics, presented)]
  }

  /** Whether the run ends after this epoch if its loss is too large. */
  #mayGiveUp(): boolean {
    const { giveUpAfter } = this.spec.training
    return giveUpAfter > 0 && shouldGiveUp([...this.#epochLosses.slice(-giveUpAfter), NaN], this.#baseline, this.spec.training)
  }

  #recordingOf(epoch: number): RecordingEvent[] {
    const arrays = this.#recorder?.endEpoch(epoch, isTraced(epoch, this.spec) || this.done) ?? []
    return arrays.length === 0 ? [] : [{ kind: 'recording', epoch, arrays }]
  }

  #snapshotOf({ epoch, loss }: EpochEvent, presented: SequenceEvent[]): SnapshotEvent[] {
    const before = this.#best
    const isBetter = before === null ? !Number.isNaN(loss) : loss < this.#epochLosses[before - 1]!
    const isBest = this.spec.recording.snapshotBest && isBetter
    if (isBest) this.#best = epoch
    const isLast = this.spec.recording.snapshotEnd && this.done
    if (!isBest && !isLast && !isScheduled(epoch, this.spec)) return []
    const { writtenAt } = sequenceTimes(this.#sequencesDone, this.spec.task, this.spec.conventions.timeline)
    const ofDevices = [...ageArrays(this.#layers, writtenAt), ...ledgerArrays(this.#layers)]
    const arrays = [...this.arrays(), ...ofDevices, ...presented.flatMap(recordArrays)]
    const supersedes = isBest && before !== null && !isScheduled(before, this.spec) ? before : null
    return [{ kind: 'snapshot', epoch, arrays, supersedes }]
  }
}

function recordArrays({ pattern, outputs, output, target, spikes }: SequenceEvent): NamedArray[] {
  const name = `pattern-${pattern}`
  const shape = [output.length / outputs, outputs]
  return [
    { kind: 'output', name, shape, data: output.slice() },
    { kind: 'target', name, shape, data: target.slice() },
    { kind: 'spikes', name, shape: [spikes.length / 2, 2], data: spikes.slice() },
  ]
}

/** First epoch with the smallest loss, from 1; null if no loss is a number. */
function bestOf(losses: readonly number[]): number | null {
  let best: number | null = null
  losses.forEach((loss, index) => {
    if (!Number.isNaN(loss) && (best === null || loss < losses[best - 1]!)) best = index + 1
  })
  return best
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

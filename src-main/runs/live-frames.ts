import { spikeCounts, spikeMarks } from '../../src-engine/analysis/spikes.ts'
import { synapseHistogram } from '../../src-engine/analysis/synapse-histogram.ts'
import { weightMap } from '../../src-engine/analysis/weight-map.ts'
import { scaleOf } from '../../src-engine/experiment/layers.ts'
import type { NamedArray, SequenceEvent } from '../../src-engine/training/events.ts'
import { Observer } from '../../src-engine/training/observer.ts'
import type { ObserverHook } from '../../src-engine/training/observer-hook.ts'
import type { LiveFrame, WatchedSynapse } from '../contract/run.ts'
import type { EngineTask } from './messages.ts'

/** At most one frame per 125 ms. Frames take at most a tenth of the worker's time. */
const INTERVAL_MS = 125
const REST = 10

/** Creates live frames of a run. */
export class LiveFrames {
  readonly #task: EngineTask
  readonly #observer: Observer
  readonly #timed: ObserverHook
  #nextAt = 0
  #isDue = false
  /** Time spent on the current sequence's frame, ms. */
  #cost = 0

  constructor(task: EngineTask) {
    this.#task = task
    this.#observer = new Observer(task.spec)
    this.#timed = {
      learned: (...seen) => this.#time(() => this.#observer.learned(...seen)),
      beforeUpdate: (layer) => this.#time(() => this.#observer.beforeUpdate(layer)),
      afterUpdate: (...seen) => this.#time(() => this.#observer.afterUpdate(...seen)),
    }
  }

  /** Starts a sequence. Returns its observer hook, or undefined if no frame is due. */
  begin(synapse: WatchedSynapse): ObserverHook | undefined {
    this.#cost = 0
    this.#isDue = performance.now() >= this.#nextAt
    this.#observer.synapse = synapse
    return this.#isDue ? this.#timed : undefined
  }

  /** Time spent on observing the current sequence, s. */
  get seconds(): number {
    return this.#cost / 1000
  }

  /** The frame of a sequence; null if no frame is due. @param arrays returns the current weights or conductances */
  frameOf(event: SequenceEvent, arrays: () => NamedArray[]): LiveFrame | null {
    if (!this.#isDue) return null
    const frame = this.#time(() => this.#draw(event, arrays()))
    this.#nextAt = performance.now() + Math.max(INTERVAL_MS, REST * this.#cost)
    return frame
  }

  #draw({ epoch, pattern, output, target, spikes }: SequenceEvent, arrays: NamedArray[]): LiveFrame {
    const { runId, spec: { task, network, device } } = this.#task
    return {
      runId,
      epoch,
      pattern,
      output,
      target,
      ...spikeMarks(spikes, network.recurrentNeurons, task.steps),
      spikeCounts: spikeCounts(spikes, network.recurrentNeurons),
      histogram: synapseHistogram(arrays, device.maxConductance),
      maps: arrays.map((array) => weightMap(array, scaleOf(device, array.name))),
      ...this.#observer.observation,
    } as LiveFrame
  }

  #time<Result>(act: () => Result): Result {
    const begin = performance.now()
    const result = act()
    this.#cost += performance.now() - begin
    return result
  }
}

import type { SynapseTraces, UpdateAudit, WatchedSynapse } from '../analysis/observation.ts'
import { tracedLayers } from '../experiment/layers.ts'
import type { Numbers } from '../kernels/kernels.ts'
import type { EpropOptions } from '../learning/gradient-form.ts'
import type { Layer } from '../learning/layer.ts'
import type { SequenceRecord } from '../network/forward.ts'
import type { Spec } from '../experiment/spec.ts'
import type { ObserverHook } from './observer-hook.ts'
import { synapseTraces } from './synapse-traces.ts'
import { LayerAudit } from './update-audit.ts'

/** Observed data of one sequence. */
export interface Observation {
  /** Traces of the observed synapse; null before the first sequence. */
  traces: SynapseTraces | null
  /** One audit per layer. */
  audits: UpdateAudit[]
}

/** Records the traces of one synapse during a sequence, and audits the update of every layer. */
export class Observer implements ObserverHook {
  /** Synapse to observe. Its neuron and presynaptic neuron must exist. */
  synapse: WatchedSynapse = { layer: tracedLayers[0], neuron: 0, presynaptic: 0 }
  readonly #spec: Spec
  #traces: SynapseTraces | null = null
  #audits: UpdateAudit[] = []
  #audit: LayerAudit | null = null

  constructor(spec: Spec) {
    this.#spec = spec
  }

  learned(record: SequenceRecord, target: ArrayLike<number>, options: EpropOptions): void {
    this.#audits = []
    this.#traces = synapseTraces(this.synapse, record, target, options)
  }

  beforeUpdate(layer: Layer): void {
    this.#audit = new LayerAudit(this.#spec, layer)
  }

  afterUpdate(_layer: Layer, direction: Numbers): void {
    if (this.#audit) this.#audits.push(this.#audit.finish(direction))
    this.#audit = null
  }

  /** Observation of the last sequence. */
  get observation(): Observation {
    return { traces: this.#traces, audits: this.#audits }
  }
}

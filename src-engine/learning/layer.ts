import { Crossbar } from '../crossbar/crossbar.ts'
import type { UpdateTime } from '../crossbar/program.ts'
import { hasSelfConnections, type LayerName, populationSizes, projections, rateOf, scaleOf } from '../experiment/layers.ts'
import { defaultOptimiser, type OptimiserSpec } from '../experiment/optimiser.ts'
import { pairsOf, type SchemeSpec, traitsOf } from '../experiment/scheme.ts'
import type { Spec } from '../experiment/spec.ts'
import type { Kernels, Numbers } from '../kernels/kernels.ts'
import { DigitalWeights, type Synapses } from '../network/synapses.ts'
import { Stream } from '../random/stream.ts'
import { Changes } from './changes.ts'
import type { LayerContext } from './make-scheme.ts'
import type { MakeOptimiser, Optimiser } from './optimiser.ts'
import { optimiserLaws } from './optimisers/registry.ts'
import type { UpdateScheme } from './scheme.ts'
import { schemeLaws } from './schemes/registry.ts'

/** The synapses of one layer and what updates them. The synapses are either digital weights or a crossbar. */
export class Layer {
  readonly name: LayerName
  readonly crossbar: Crossbar | null
  readonly weights: DigitalWeights | null
  readonly optimiser: Optimiser
  readonly scheme: UpdateScheme
  /** Length of a change along the optimiser's direction: the learning rate, in the unit of the scheme. */
  readonly #step: number

  /** Creates a layer in its initial state. */
  constructor(spec: Spec, place: Place, kernels: Kernels) {
    const { substrate, usesRate } = traitsOf(spec.scheme)
    const { seed, conventions, optimiser = defaultOptimiser } = spec
    const { name, index } = place
    const synapses = place.post * place.pre
    this.name = name
    this.crossbar = substrate === 'crossbar' ? crossbarOf(spec, place, kernels) : null
    this.weights = substrate === 'digital' ? weightsOf(spec, place, kernels) : null
    this.optimiser = (optimiserLaws[optimiser.kind] as MakeOptimiser<OptimiserSpec>)(synapses, optimiser)
    this.scheme = schemeOf(spec.scheme, this.synapses, { name, index, seed, conventions })
    const rate = usesRate ? rateOf(spec.learning, name) : 1
    this.#step = this.scheme.fromWeight?.(rate) ?? rate
  }

  get synapses(): Crossbar | DigitalWeights {
    return this.crossbar ?? this.weights!
  }

  /** Updates the weights. @param direction [post][pre], of the optimiser */
  update(direction: Numbers, at: UpdateTime): void {
    this.scheme.update(new Changes(direction, this.#step), at)
  }
}

/** A layer of a network. */
interface Place {
  name: LayerName
  index: number
  /** Number of postsynaptic and of presynaptic neurons. */
  post: number
  pre: number
}

/** Creates all layers of a network in their initial state, in the order of their indices. */
export function makeLayers(spec: Spec, kernels: Kernels): Layer[] {
  const sizes = populationSizes(spec)
  return projections.map(({ name, from, to }, index) =>
    new Layer(spec, { name, index, post: sizes[to], pre: sizes[from] }, kernels))
}

const schemeOf = (settings: SchemeSpec, synapses: Synapses, layer: LayerContext): UpdateScheme =>
  (schemeLaws[settings.kind] as (...of: unknown[]) => UpdateScheme)(synapses, settings, layer)

function weightsOf(spec: Spec, { name, index, post, pre }: Place, kernels: Kernels): DigitalWeights {
  const start = gaussianWeights(new Stream(spec.seed, 'initial weight', index), post, pre, spec.network.weightGain)
  const selfConnected = !hasSelfConnections(name)
  return new DigitalWeights(post, pre, start, kernels, { clip: spec.learning.weightClip, selfConnected })
}

const crossbarOf = ({ scheme, device, seed, conventions }: Spec, { name, index, post, pre }: Place, kernels: Kernels) =>
  new Crossbar({
    post,
    pre,
    pairs: pairsOf(scheme),
    device: { ...device, scale: scaleOf(device, name) },
    seed,
    array: index,
    selfConnected: !hasSelfConnections(name) || conventions.selfConnections === 'noise',
    kernels,
  })

/** Random weights with mean 0 and standard deviation gain·√(2/fan-in), [post][pre]. */
export function gaussianWeights(draws: Stream, post: number, pre: number, gain: number): Float64Array {
  const deviation = gain * Math.sqrt(2 / pre)
  return Float64Array.from({ length: post * pre }, (_, synapse) => deviation * draws.normal(synapse, 0))
}

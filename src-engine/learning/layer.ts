import { Crossbar } from '../crossbar/crossbar.ts'
import type { Kernels } from '../kernels/kernels.ts'
import { DigitalWeights, type Synapses } from '../network/synapses.ts'
import { Stream } from '../random/stream.ts'
import { pairsOf, usesDevices } from '../experiment/scheme.ts'
import { hasSelfConnections, type LayerName, layerNames, populationSizes, projections, rateOf, scaleOf } from '../experiment/layers.ts'
import type { Spec } from '../experiment/spec.ts'
import type { UpdateScheme } from './scheme.ts'
import { accumulatorScheme } from './schemes/accumulator.ts'
import { Fp32 } from './schemes/fp32.ts'
import { mixedPrecisionScheme } from './schemes/mixed-precision.ts'
import { MultiMemristorScheme } from './schemes/multi-memristor.ts'
import { SignScheme } from './schemes/sign.ts'
import { StochasticScheme } from './schemes/stochastic.ts'
import { updateReadyScheme } from './schemes/update-ready.ts'

/** The synapses of one layer and the scheme that updates them. The synapses are either digital weights or a crossbar. */
export interface Layer {
  readonly name: LayerName
  readonly synapses: Synapses
  readonly scheme: UpdateScheme
  readonly crossbar: Crossbar | null
  readonly weights: DigitalWeights | null
}

/** Creates all layers of a network in their initial state, in the order of their indices. */
export function makeLayers(spec: Spec, kernels: Kernels): Layer[] {
  const sizes = populationSizes(spec)
  return projections.map(({ name, from, to }) => makeLayer(spec, name, sizes[to], sizes[from], kernels))
}

/** Creates a layer in its initial state. */
export function makeLayer(spec: Spec, name: LayerName, post: number, pre: number, kernels: Kernels): Layer {
  return usesDevices(spec.scheme) ? crossbarLayer(spec, name, post, pre, kernels) : digitalLayer(spec, name, post, pre, kernels)
}

function digitalLayer(spec: Spec, name: LayerName, post: number, pre: number, kernels: Kernels): Layer {
  const start = gaussianWeights(new Stream(spec.seed, 'initial weight', layerNames.indexOf(name)), post, pre, spec.network.weightGain)
  const selfConnected = !hasSelfConnections(name)
  const weights = new DigitalWeights(post, pre, start, kernels, { clip: spec.learning.weightClip, selfConnected })
  const scheme = spec.scheme.kind === 'accumulator'
    ? accumulatorScheme(weights, rateOf(spec.learning, name), spec.scheme, spec.conventions)
    : new Fp32(weights, rateOf(spec.learning, name))
  return { name, synapses: weights, weights, scheme, crossbar: null }
}

function crossbarLayer(spec: Spec, name: LayerName, post: number, pre: number, kernels: Kernels): Layer {
  const array = layerNames.indexOf(name)
  const crossbar = new Crossbar({
    post,
    pre,
    pairs: pairsOf(spec.scheme),
    device: { ...spec.device, scale: scaleOf(spec.device, name) },
    seed: spec.seed,
    array,
    selfConnected: !hasSelfConnections(name) || spec.conventions.selfConnections === 'noise',
    kernels,
  })
  const scheme = deviceScheme(spec, crossbar, rateOf(spec.learning, name), array)
  return { name, synapses: crossbar, crossbar, scheme, weights: null }
}

function deviceScheme({ scheme, seed, conventions }: Spec, crossbar: Crossbar, rate: number, array: number): UpdateScheme {
  switch (scheme.kind) {
    case 'sign': return new SignScheme(crossbar, scheme, layerNames[array])
    case 'stochastic': return new StochasticScheme(crossbar, rate, scheme, seed, array)
    case 'multi-memristor': return new MultiMemristorScheme(crossbar, rate, scheme, conventions)
    case 'mixed-precision': return mixedPrecisionScheme(crossbar, rate, scheme, conventions)
    case 'update-ready': return updateReadyScheme(crossbar, rate, scheme, conventions)
    case 'fp32':
    case 'accumulator': throw new Error(`The scheme ${scheme.kind} has no devices`)
  }
}

/** Random weights with mean 0 and standard deviation gain·√(2/fan-in), [post][pre]. */
export function gaussianWeights(draws: Stream, post: number, pre: number, gain: number): Float64Array {
  const deviation = gain * Math.sqrt(2 / pre)
  return Float64Array.from({ length: post * pre }, (_, synapse) => deviation * draws.normal(synapse, 0))
}

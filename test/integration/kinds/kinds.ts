import { deviceModels } from '../../../src-engine/experiment/devices/registry.ts'
import { neuronKinds } from '../../../src-engine/experiment/neurons/registry.ts'
import { parseSpec } from '../../../src-engine/experiment/parse.ts'
import { schemeKinds, usesDevices } from '../../../src-engine/experiment/scheme.ts'
import type { Spec } from '../../../src-engine/experiment/spec.ts'
import { taskKinds } from '../../../src-engine/experiment/task.ts'

const crossbarScheme = schemeKinds.find((kind) => usesDevices({ kind }))!

const small = (over: object): Spec => parseSpec({
  task: { patterns: 2, steps: 60, inputChannels: 12, inputRate: 100 },
  network: { recurrentNeurons: 9, threshold: 0.3, weightGain: 0.6, tauRecurrent: 20 },
  learning: { rateInput: 0.02, rateRecurrent: 0.02, rateOutput: 0.02, regularisation: 0.01 },
  device: { initialConductance: 0.4, scale: 20 },
  training: { epochs: 3 },
  recording: { traces: { synapses: [{ layer: 'input', from: 1, to: 2 }] } },
  ...over,
}, 'test')

const samples = Array.from({ length: 50 }, (_, index) => (index % 7) / 7)

/** A small task of a kind. One that reads a file gets the same values for each of its outputs. */
function smallTask({ kind, required, imports }: (typeof taskKinds)[number]): object {
  const fields = { kind, patterns: 2, steps: 60, inputChannels: 12, inputRate: 100 }
  if (imports === undefined) return fields
  return { ...fields, ...Object.fromEntries(required.map((name) => [name, 'values'])), [imports.into]: samples }
}

/** A small experiment for every kind of every family, by its name: 'scheme sign'. */
export const everyKind: [name: string, spec: Spec][] = [
  ...schemeKinds.map((kind): [string, Spec] => [`scheme ${kind}`, small({ scheme: { kind } })]),
  ...taskKinds.map((task): [string, Spec] => [`task ${task.kind}`, small({ task: smallTask(task) })]),
  ...deviceModels.map(({ kind }): [string, Spec] => [
    `device ${kind}`, small({ scheme: { kind: crossbarScheme }, device: { model: kind, initialConductance: 0.4, scale: 20 } }),
  ]),
  ...neuronKinds.map(({ kind }): [string, Spec] => [
    `neuron ${kind}`, small({ network: { recurrentNeurons: 9, threshold: 0.3, weightGain: 0.6, ...(neuronKinds.length > 1 && { neuron: { kind } }) } }),
  ]),
]

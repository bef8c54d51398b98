import { describe, expect, it } from 'vitest'
import { readTraces, readUpdates, recordedIn } from '../../../../src-engine/analysis/recording.ts'
import { snapshotEpochs } from '../../../../src-engine/analysis/stored-record.ts'
import type { TrainingEvent } from '../../../../src-engine/training/events.ts'
import { kernelsFor } from '../../../../src-engine/training/kernels-for.ts'
import { Trainer } from '../../../../src-engine/training/trainer.ts'
import { kernelsModule } from '../../../fixtures/kernels.ts'
import { schemeSettings, small } from '../training/small.ts'

const synapses = [
  { layer: 'output' as const, from: 1, to: 0 }, { layer: 'recurrent' as const, from: 2, to: 2 }, { layer: 'input' as const, from: 3, to: 5 },
]

/** Everything that a run saves, as a library lists it. */
function saved(kind: string) {
  const spec = small({
    scheme: schemeSettings(kind), training: { epochs: 5 },
    recording: { snapshotEvery: 0, traces: { neurons: [7], synapses, every: 2 } },
  })
  const trainer = new Trainer(spec, kernelsFor(spec, kernelsModule))
  const events: TrainingEvent[] = []
  while (!trainer.done) events.push(...trainer.step())
  return events.flatMap((event) => (event.kind === 'snapshot' || event.kind === 'recording'
    ? event.arrays.map((array) => ({ ...array, epoch: event.epoch })) : []))
}
const load = async ({ data }: { data: Float32Array | Uint16Array | Uint32Array }) => ({ data })
const arrays = saved('mixed-precision')
const dataOf = (epoch: number, kind: string, name: string) =>
  [...arrays.find((one) => one.epoch === epoch && one.kind === `recorded.${kind}` && one.name === name)!.data]

describe('the recording of a run', () => {
  it('is no snapshot, and lists epochs, neurons and synapses in their order', () => {
    expect(snapshotEpochs(arrays)).toEqual([5])
    expect(recordedIn(arrays)).toEqual({
      epochs: [2, 4, 5], neurons: [2, 5, 7], synapses: [synapses[2], synapses[1], synapses[0]],
    })
    expect(recordedIn(arrays.map((one) => ({ ...one, name: `later ${one.name}` })))).toMatchObject({ neurons: [], synapses: [] })
  })

  it('has the traces of a synapse with those of its neuron, or of a neuron alone', async () => {
    const { epoch, neuron, synapse } = await readTraces(arrays, 4, synapses[2]!, false, load)
    expect([epoch, neuron!.neuron, synapse!.presynaptic, synapse!.layer]).toEqual([4, 5, 3, 'input'])
    expect([...synapse!.eligibility.values]).toEqual(dataOf(4, 'eligibility', 'input-3-5'))
    expect([...neuron!.membrane.values]).toEqual(dataOf(4, 'membrane', 'neuron-5'))
    expect([...neuron!.threshold.values]).toEqual(dataOf(4, 'threshold', 'neuron-5'))
    expect([...synapse!.signal.values]).toEqual(dataOf(4, 'signal', 'neuron-5'))
    expect([...neuron!.spikes]).toEqual(dataOf(4, 'spikes', 'neuron-5'))
    expect(await readTraces(arrays, 5, { neuron: 7 }, false, load)).toMatchObject({ neuron: { neuron: 7 }, synapse: null })
    expect(await readTraces(arrays, 3, { neuron: 7 }, false, load)).toEqual({ epoch: 3, neuron: null, synapse: null })
    expect(await readTraces(arrays, 5, synapses[0]!, false, load)).toEqual({ epoch: 5, neuron: null, synapse: null })
  })

  it('knows whether a self-connection exists', async () => {
    expect((await readTraces(arrays, 5, synapses[1]!, false, load)).synapse!.connected).toBe(false)
    expect((await readTraces(arrays, 5, synapses[1]!, true, load)).synapse!.connected).toBe(true)
    expect((await readTraces(arrays, 5, synapses[2]!, false, load)).synapse!.connected).toBe(true)
  })

  it('joins the updates of a synapse over the epochs', async () => {
    const { epochs, gradient, actual, pulses } = (await readUpdates(arrays, synapses[0]!, load))!
    expect(epochs).toEqual([1, 2, 3, 4, 5])
    const changes = [2, 4, 5].flatMap((epoch) => dataOf(epoch, 'change', 'output-1-0'))
    expect(gradient).toEqual([0, 4, 8, 12, 16].map((at) => changes[at]))
    expect(actual).toEqual([3, 7, 11, 15, 19].map((at) => changes[at]))
    const counts = [2, 4, 5].flatMap((epoch) => dataOf(epoch, 'pulses', 'output-1-0'))
    expect(pulses!.setsMinus).toEqual([1, 5, 9, 13, 17].map((at) => counts[at]))
    expect(gradient.some((value) => value !== 0)).toBe(true)
    expect(await readUpdates(arrays, { layer: 'input', from: 0, to: 0 }, load)).toBeNull()
    expect((await readUpdates(saved('fp32'), synapses[0]!, load))!.pulses).toBeNull()
  })
})

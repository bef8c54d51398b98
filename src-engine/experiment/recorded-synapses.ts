import { layerNames } from './layer-names.ts'
import type { RecordedSynapse } from './recording-field.ts'

const written = new RegExp(`^(${layerNames.join('|')})\\s+(\\d{1,5})\\s*(?:→|->|>|-|to)\\s*(\\d{1,5})$`, 'i')

/** Reads 'input 3→5, recurrent 2->7'. Null if a part is no synapse. */
export function parseSynapses(text: string): RecordedSynapse[] | null {
  const parts = text.split(/[,;\n]/).map((part) => part.trim()).filter((part) => part !== '')
  const synapses = parts.flatMap((part): RecordedSynapse[] => {
    const [, layer, from, to] = written.exec(part) ?? []
    return layer === undefined ? [] : [{ layer: layer.toLowerCase() as RecordedSynapse['layer'], from: Number(from), to: Number(to) }]
  })
  return synapses.length === parts.length ? synapses : null
}

export const isSynapse = (value: unknown): value is RecordedSynapse =>
  typeof value === 'object' && value !== null && 'layer' in value && 'from' in value && 'to' in value

/** 'input 3→5' */
export const synapseText = ({ layer, from, to }: RecordedSynapse): string => `${layer} ${from}→${to}`

/** Text of a list of synapses, the inverse of `parseSynapses`; what a document has instead, as it is. */
export const synapsesText = (value: unknown): string =>
  (Array.isArray(value) ? value.map((one) => (isSynapse(one) ? synapseText(one) : JSON.stringify(one))).join(', ') : String(value ?? ''))

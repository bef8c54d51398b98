import type { Group } from 'h5wasm/node'
import type { NirArray, NirGraph, NirNode } from '../../../src-engine/nir/graph.ts'
import type { NirMetadata } from '../../../src-engine/nir/metadata.ts'
import { createHdf5 } from '../datasets/hdf5-file.ts'

/** Version of NIR whose layout the files have. */
const NIR_VERSION = '0.2.0'

/**
 * Write a graph as NIR's own library does: `version`, and the group `node` with `type`, `edges`, a group `nodes` of nodes and a group
 * `metadata`. Every value is a dataset. Texts have variable length.
 */
export async function writeNirFile(path: string, graph: NirGraph, metadata: NirMetadata): Promise<void> {
  const hdf5 = await createHdf5(path)
  try {
    hdf5.checked(() => {
      addText(hdf5.file, 'version', NIR_VERSION)
      const node = hdf5.file.create_group('node')
      addGraph(node, graph)
      addMetadata(node.create_group('metadata'), metadata)
    })
    hdf5.finish()
  } finally {
    hdf5.close()
  }
}

function addGraph(group: Group, { nodes, edges }: NirGraph): void {
  addText(group, 'type', 'NIRGraph')
  group.create_dataset({ name: 'edges', data: edges.flat(), shape: [edges.length, 2], dtype: 'S' })
  const all = group.create_group('nodes')
  for (const [name, node] of Object.entries(nodes)) addNode(all.create_group(name), node)
}

function addNode(group: Group, { type, parameters }: NirNode): void {
  addText(group, 'type', type)
  for (const [name, values] of Object.entries(parameters)) addArray(group, name, values)
}

function addMetadata(group: Group, metadata: NirMetadata): void {
  for (const [name, value] of Object.entries(metadata)) {
    if (typeof value === 'string') addText(group, name, value)
    else addArray(group, name, { shape: [], values: numberOf(value) })
  }
}

const numberOf = (value: number | bigint) => (typeof value === 'bigint' ? BigInt64Array.of(value) : Float64Array.of(value))

const addText = (group: Group, name: string, text: string) =>
  group.create_dataset({ name, data: text, shape: [], dtype: 'S' })
const addArray = (group: Group, name: string, { shape, values }: NirArray) =>
  group.create_dataset({ name, data: values, shape: [...shape] })

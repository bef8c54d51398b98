import { counted } from '../../../src-engine/format/words.ts'
import { layerNames } from '../../../src-engine/experiment/layers.ts'
import type { NirForm } from '../../../src-engine/nir/forms.ts'
import { whyNotNir } from '../../../src-engine/nir/laws.ts'
import { networkMetadata, type NirMetadata } from '../../../src-engine/nir/metadata.ts'
import { type LayerWeights, networkGraph } from '../../../src-engine/nir/network-graph.ts'
import { shownWeights } from '../../../src-engine/nir/shown-weights.ts'
import { BadInput } from '../../contract/problem.ts'
import type { ArrayInfo, RunOverview, StoredOverview } from '../../contract/run.ts'
import { type DatasetOptions, type DatasetSource, release } from '../datasets/dataset.ts'
import { safeFileName } from '../safe-name.ts'
import { makeFolder, writeTogether } from '../write-file.ts'
import { writeNirFile } from './nir-file.ts'

type Source = Pick<DatasetSource, 'overview' | 'array'>

const endings: Readonly<Record<NirForm, string>> = { exact: '.nir', lif: '.lif.nir' }

/**
 * Write the network of each run, with the weights of its last snapshot, as a file of NIR. All files appear together.
 * @returns the paths of the files
 * @throws BadInput if NIR cannot express one of the networks, or there is no snapshot of its weights. Nothing is written then
 */
export async function writeNir(
  source: Source, runIds: readonly string[], form: NirForm, { dir, about, onRun }: Omit<DatasetOptions, 'stem'>,
): Promise<string[]> {
  const ids = [...new Set(runIds)]
  await requireAll(source, ids)
  await makeFolder(dir)
  return writeTogether(dir, async (drafts) => {
    for (const [index, id] of ids.entries()) {
      const { run, layers } = accepted(await source.overview(id))
      const weights = await weightsOf(source, run, layers)
      const metadata = { ...runMetadata(run, about.application, layers[0].epoch), ...networkMetadata(run.spec, form) }
      await writeNirFile(drafts.of(safeFileName(`run-${id}${endings[form]}`)), networkGraph(run.spec, weights, form), metadata)
      onRun(index + 1)
    }
  })
}

/** A run whose network NIR can express, with the arrays of all layers in its last snapshot. */
interface Accepted {
  run: RunOverview
  layers: [ArrayInfo, ...ArrayInfo[]]
}

/** The run with what is written of it, or why it is refused. */
function judge(run: StoredOverview): Accepted | string {
  if ('texts' in run) return run.summary.unreadable
  const reason = whyNotNir(run.spec)
  if (reason !== null) return reason
  const layers = lastSnapshot(run.arrays)
  return layers ? { run, layers } : 'It has no snapshot of its weights. Train it to its end with recording.snapshotEnd switched on.'
}

async function requireAll(source: Source, ids: readonly string[]): Promise<void> {
  const refused: [id: string, reason: string][] = []
  for (const id of ids) {
    const judged = judge(await source.overview(id))
    if (typeof judged === 'string') refused.push([id, judged])
  }
  const [first, ...others] = refused
  if (first) throw refusal(...first, others.length)
}

function accepted(run: StoredOverview): Accepted {
  const judged = judge(run)
  if (typeof judged === 'string') throw refusal(run.summary.runId, judged)
  return judged
}

function refusal(id: string, reason: string, others = 0): BadInput {
  const more = others === 0 ? '' : ` ${counted(others, 'more run')} cannot be exported either.`
  return new BadInput(`Run ${id}`, [{ path: '', rule: `cannot be exported as NIR. ${reason}${more}`, found: '' }])
}

/** Kinds of arrays that weights follow from. */
const weightKinds = ['weight', 'conductance']

function lastSnapshot(arrays: readonly ArrayInfo[]): Accepted['layers'] | null {
  const ofWeights = arrays.filter(({ kind }) => weightKinds.includes(kind))
  const last = Math.max(...ofWeights.map(({ epoch }) => epoch))
  const [first, ...others] = ofWeights.filter(({ epoch }) => epoch === last)
  const isComplete = layerNames.every((layer) => [first, ...others].some((array) => array?.name === layer))
  return first && isComplete ? [first, ...others] : null
}

async function weightsOf(source: Source, { summary: { runId }, spec }: RunOverview, layers: Accepted['layers']): Promise<LayerWeights> {
  const weights = new Map<string, Float64Array>()
  for (const { epoch, kind, name } of layers) {
    const array = await source.array(runId, epoch, kind, name)
    weights.set(name, shownWeights({ name, kind, shape: array.info.shape, data: array.data }, spec))
    release(array)
  }
  return Object.fromEntries(weights) as Record<keyof LayerWeights, Float64Array>
}

/** Where a network comes from. An empty name and a digest that is not there yet are left out. */
function runMetadata({ summary: { runId, name, digest } }: RunOverview, application: string, epoch: number): NirMetadata {
  return {
    application: `Chalcogen ${application}`,
    runId,
    ...(name && { name }),
    ...(digest && { digest }),
    epoch: BigInt(epoch),
  }
}

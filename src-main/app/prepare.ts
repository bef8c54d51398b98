import path from 'node:path'
import { parseSpec } from '../../src-engine/spec/parse.ts'
import { BadInput, type Problem } from '../contract/problem.ts'
import type { Spec } from '../../src-engine/spec/spec.ts'
import type { SignalSpec } from '../../src-engine/spec/task.ts'
import { readSignal } from '../transfer/signal-file.ts'

interface Origin {
  /** What was read, as the user named it. */
  source: string
  /** Where a relative signal file starts. */
  baseDir: string
  resourcesDir: string
}

const EXAMPLE = 'example:'

/** A document from outside to a complete spec, an imported signal embedded. @throws BadInput */
export async function prepareSpec(document: unknown, origin: Origin): Promise<Spec> {
  const spec = parseSpec(document, origin.source)
  if (spec.task.kind !== 'signal' || spec.task.samples) return spec
  const samples = await samplesOf(spec.task, origin)
  return parseSpec({ ...spec, task: { ...spec.task, samples } }, spec.task.file)
}

async function samplesOf(task: SignalSpec, origin: Origin): Promise<number[]> {
  const file = signalFile(task, origin)
  try {
    return await readSignal(file, task.column)
  } catch (error) {
    throw error instanceof BadInput ? new BadInput(file, error.problems.map(inSpec)) : error
  }
}

/** What is wrong with a place in the signal's file, by the setting that led there. */
const inSpec = ({ path: place, found, allowed }: Problem): Problem => ({
  path: place.includes('column') ? 'task.column' : 'task.file',
  found: place === '' || place === 'column' ? found : `${found} in ${place}`,
  allowed,
})

function signalFile({ file }: SignalSpec, { source, baseDir, resourcesDir }: Origin): string {
  if (!file.startsWith(EXAMPLE)) return path.resolve(baseDir, file)
  const name = file.slice(EXAMPLE.length)
  if (name === '' || name !== path.basename(name) || name.startsWith('.')) {
    throw new BadInput(source, [{ path: 'task.file', found: file, allowed: 'example: and the name of a shipped file' }])
  }
  return path.join(resourcesDir, 'data', name)
}

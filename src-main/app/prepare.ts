import path from 'node:path'
import { parseSpec } from '../../src-engine/spec/parse.ts'
import { BadInput } from '../../src-engine/spec/problem.ts'
import type { Spec } from '../../src-engine/spec/spec.ts'
import type { SignalSpec } from '../../src-engine/spec/task.ts'
import { readSignal } from '../transfer/signal.ts'

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
  return { ...spec, task: { ...spec.task, samples: await samplesOf(spec.task, origin) } }
}

async function samplesOf(task: SignalSpec, origin: Origin): Promise<number[]> {
  const file = signalFile(task.file, origin)
  return readSignal(file, task.column)
}

function signalFile(file: string, { source, baseDir, resourcesDir }: Origin): string {
  if (!file.startsWith(EXAMPLE)) return path.resolve(baseDir, file)
  const name = file.slice(EXAMPLE.length)
  if (name !== path.basename(name) || name.startsWith('.')) {
    throw new BadInput(source, [{ path: 'task.file', found: file, allowed: 'example: and the name of a shipped file' }])
  }
  return path.join(resourcesDir, 'data', name)
}

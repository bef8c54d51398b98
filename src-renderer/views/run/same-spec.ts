import { computed, shallowReactive, shallowRef, watch } from 'vue'
import type { Spec } from '../../../src-engine/experiment/spec.ts'
import { readableRun, type RunDetail, useRuns } from '../../stores/runs.ts'

/** Maximum number of finished runs to compare, newest first. */
const MOST_COMPARED = 12

type Compared = Pick<RunDetail, 'summary' | 'spec' | 'environment'>

/** Everything that determines the result. Names do not. */
const textOf = (spec: Spec) => JSON.stringify({ ...spec, name: '', preset: '' })

export const isSameSpec = (one: Spec, other: Spec) => textOf(one) === textOf(other)

/** Whether two finished runs of the same spec are bit-identical, with engine and processor as possible causes if they are not. */
export function comparedBits(one: Compared, other: Compared): { same: boolean, text: string } {
  const named = other.summary.name || other.summary.runId
  if (one.summary.digest === other.summary.digest) return { same: true, text: `Bit-identical to ${named}` }
  const engine = one.environment.engineDigest === other.environment.engineDigest ? 'same engine' : 'different engine'
  const machine = one.environment.cpu === other.environment.cpu ? 'same processor' : 'different processor'
  return { same: false, text: `Differs from ${named}: ${engine}, ${machine}` }
}

/** Other finished runs of the same spec, newest first, and whether each is bit-identical. */
export function useSameSpec(detail: () => RunDetail | null) {
  const runs = useRuns()
  const read = shallowReactive(new Map<string, Compared>())

  const candidates = shallowRef<readonly string[]>([])
  const readCandidates = async (runId: string | null) => {
    if (runId === null) {
      candidates.value = []
      return
    }
    const found = await runs.finishedLike(runId, MOST_COMPARED)
    if (detail()?.summary.runId !== runId) return
    candidates.value = found
    for (const runId of found) {
      if (read.has(runId)) continue
      // A run that was deleted in the meantime is not an error here.
      const { summary, spec, environment } = readableRun(await runs.detail(runId).catch(() => null)) ?? {}
      if (summary && spec && environment) read.set(runId, { summary, spec, environment })
    }
  }
  watch([() => (detail()?.summary.status === 'done' ? detail()!.summary.runId : null), () => runs.version], ([runId], before) => {
    if (before[0] === runId && candidates.value.length === MOST_COMPARED) return
    readCandidates(runId).catch(() => undefined)
  }, { immediate: true })

  return computed(() => {
    const own = detail()
    if (!own) return []
    return candidates.value
      .flatMap((runId) => read.get(runId) ?? [])
      .filter(({ spec, summary }) => summary.digest !== null && isSameSpec(own.spec, spec))
      .map((other) => ({ runId: other.summary.runId, ...comparedBits(own, other) }))
  })
}

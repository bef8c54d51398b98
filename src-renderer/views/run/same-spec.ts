import { computed, shallowReactive, watch } from 'vue'
import type { Spec } from '../../../src-engine/spec/spec.ts'
import { type RunDetail, type RunSummary, useRuns } from '../../stores/runs.ts'

/** Finished runs that are looked into: of more, the newest. */
const MOST_COMPARED = 12

type Compared = Pick<RunDetail, 'summary' | 'spec' | 'environment'>

/** All that decides the bits: names decide none. */
const textOf = (spec: Spec) => JSON.stringify({ ...spec, name: '', preset: '' })

export const isSameSpec = (one: Spec, other: Spec) => textOf(one) === textOf(other)

/** Whether another finished run of the same spec came to the same bits, and what else could tell them apart. */
export function comparedBits(one: Compared, other: Compared): { same: boolean, text: string } {
  const named = other.summary.name || other.summary.runId
  if (one.summary.digest === other.summary.digest) return { same: true, text: `Same bits as ${named}` }
  const engine = one.environment.engineDigest === other.environment.engineDigest ? 'the engine is the same' : 'another engine'
  const machine = one.environment.cpu === other.environment.cpu ? 'so is the processor' : 'another processor'
  return { same: false, text: `Other bits than ${named}: ${engine}, ${machine}` }
}

/** Other finished runs of the spec of a finished run, newest first, and whether they came to the same bits. */
export function useSameSpec(detail: () => RunDetail | null) {
  const runs = useRuns()
  const read = shallowReactive(new Map<string, Compared>())

  const candidates = computed(() => {
    const own = detail()?.summary
    if (!own || own.status !== 'done') return []
    return runs.summaries.filter((other) => other.runId !== own.runId && couldBeSame(own, other)).slice(0, MOST_COMPARED)
  })
  watch(() => candidates.value.map(({ runId }) => runId).join(), async () => {
    for (const { runId } of candidates.value) {
      if (read.has(runId)) continue
      // One that was deleted meanwhile is no failure of this screen.
      const { summary, spec, environment } = await runs.detail(runId).catch(() => null) ?? {}
      if (summary && spec && environment) read.set(runId, { summary, spec, environment })
    }
  }, { immediate: true })

  return computed(() => {
    const own = detail()
    if (!own) return []
    return candidates.value
      .flatMap(({ runId }) => read.get(runId) ?? [])
      .filter(({ spec }) => isSameSpec(own.spec, spec))
      .map((other) => ({ runId: other.summary.runId, ...comparedBits(own, other) }))
  })
}

/** What a list knows is enough to leave out most. */
const couldBeSame = (own: RunSummary, other: RunSummary) =>
  other.status === 'done' && other.digest !== null && other.scheme === own.scheme && other.seed === own.seed
  && other.epochs === own.epochs && other.sequences === own.sequences

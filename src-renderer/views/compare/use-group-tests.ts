import { type Ref, ref, shallowRef, watch } from 'vue'
import type { FinalGroup } from '../../../src-engine/charts/final-values.ts'
import type { GroupResult, Pairing } from '../../../src-engine/statistics/group-tests.ts'
import { useComparison } from '../../stores/comparison.ts'

export interface TestsWanted {
  groups: readonly FinalGroup[]
  base: number
  pairing: Pairing
}

/** Tests of groups against a base, computed in another thread. Null until the first are there; answers to older requests are dropped. */
export function useGroupTests(wanted: Ref<TestsWanted>) {
  const comparison = useComparison()
  const results = shallowRef<readonly GroupResult[] | null>(null)
  const failure = ref<string | null>(null)
  let latest = ''
  watch(wanted, async ({ groups, base, pairing }) => {
    const asked = { groups: groups.map(({ values }) => values.map(({ seed, value }) => ({ seed, value }))), base, pairing }
    const request = JSON.stringify(asked, (_, value: unknown) => (typeof value === 'number' ? String(value) : value))
    if (request === latest) return
    latest = request
    results.value = null
    try {
      const answer = await comparison.test(asked)
      if (request === latest) [results.value, failure.value] = [answer, null]
    } catch (error) {
      if (request === latest) failure.value = error instanceof Error ? error.message : String(error)
    }
  }, { immediate: true })
  return { results, failure }
}

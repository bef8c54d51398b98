import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import { type ComparisonView, comparisonViewSchema, defaultView, isSpreadOf } from '../../src-engine/charts/comparison-view.ts'
import { spreadsOf } from '../../src-engine/statistics/centre.ts'
import { call } from '../bridge/bridge.ts'
import type { CallInput } from '../bridge/bridge.ts'
import { readLocal, saveLocal } from './local-storage.ts'

/** How the compared runs are shown. This window keeps it. */
export const useComparison = defineStore('comparison', () => {
  const view = shallowRef<ComparisonView>(readLocal('comparison', comparisonViewSchema) ?? defaultView)

  /** Change a part of the view. A spread that the new centre does not have becomes its first. */
  const change = (part: Partial<ComparisonView>) => {
    const next = { ...view.value, ...part }
    view.value = isSpreadOf(next.centre, next.spread) ? next : { ...next, spread: spreadsOf[next.centre][0] }
  }
  const reset = () => { view.value = defaultView }
  watch(view, () => { saveLocal('comparison', view.value) })

  return { view, change, reset, test: (groups: CallInput<'groups.test'>) => call('groups.test', groups) }
})

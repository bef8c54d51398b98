import { computed, ref, watch } from 'vue'
import { useApplication } from '../../stores/application.ts'
import type { Command } from '../../stores/commands.ts'
import { useNavigation } from '../../stores/navigation.ts'
import { useRuns } from '../../stores/runs.ts'
import { useSettings } from '../../stores/settings.ts'
import { steps } from './steps.ts'

/** As the runs are named that come with the application. */
const EXAMPLE = 'Example: '

/** The tour: offered at a first start until it is taken or declined, later on in the palette and the Help menu. */
export function useTour() {
  const application = useApplication()
  const navigation = useNavigation()
  const runs = useRuns()
  const settings = useSettings()
  /** Of the step that is shown; null where the tour is not under way. */
  const index = ref<number | null>(null)

  const step = computed(() => (index.value === null ? null : steps[index.value]))
  const isOffered = computed(() => settings.tour === 'offered' && index.value === null)

  const go = (to: number) => {
    index.value = to
    const { screen } = steps[to]
    const shown = runs.summaries.find(({ name }) => name.startsWith(EXAMPLE)) ?? runs.summaries.find(({ status }) => status === 'done')
    if (screen === 'run' && shown) navigation.openRun(shown.runId)
    else navigation.go(screen)
  }
  const start = () => {
    settings.tour = 'answered'
    go(0)
  }
  const end = () => { index.value = null }
  const next = () => {
    if (index.value === null) return
    if (index.value + 1 < steps.length) go(index.value + 1)
    else end()
  }
  const back = () => { if (index.value) go(index.value - 1) }
  const decline = () => { settings.tour = 'answered' }

  watch(() => application.info?.firstStart === true, (first) => {
    if (first && settings.tour === 'new') settings.tour = 'offered'
  }, { immediate: true })

  const commands: Command[] = [{ id: 'tour', title: 'Take the three-minute tour', run: start }]
  return { index, count: steps.length, step, isOffered, start, end, next, back, decline, commands }
}

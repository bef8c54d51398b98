import { computed, ref, watch } from 'vue'
import { useApplication } from '../../stores/application.ts'
import type { Command } from '../../stores/commands.ts'
import { useNavigation } from '../../stores/navigation.ts'
import { useRuns } from '../../stores/runs.ts'
import { useSettings } from '../../stores/settings.ts'
import { steps } from './steps.ts'

/** Prefix of the names of the bundled example runs. */
const EXAMPLE = 'Example: '

/** The tour: offered at the first start until taken or declined, and always in the palette and the Help menu. */
export function useTour() {
  const application = useApplication()
  const navigation = useNavigation()
  const runs = useRuns()
  const settings = useSettings()
  /** Index of the current step; null if the tour is not running. */
  const index = ref<number | null>(null)

  const step = computed(() => (index.value === null ? null : steps[index.value]))
  const isOffered = computed(() => settings.tour === 'offered' && index.value === null)

  /** An example, else the newest finished run; null if there is none. */
  const findShown = async (): Promise<string | null> => {
    const [example = null] = await runs.some(`name : "${EXAMPLE}"`, null, 1)
    return example ?? (await runs.some('status = done', null, 1))[0] ?? null
  }
  let shown: Promise<string | null> = Promise.resolve(null)
  const go = async (to: number) => {
    index.value = to
    const { screen } = steps[to]!
    const runId = screen === 'run' ? await shown.catch(() => null) : null
    // The user may have gone on meanwhile.
    if (index.value !== to) return
    if (runId === null) navigation.go(screen)
    else navigation.openRun(runId)
  }
  const start = () => {
    settings.tour = 'answered'
    shown = findShown()
    void go(0)
  }
  const end = () => { index.value = null }
  const next = () => {
    if (index.value === null) return
    if (index.value + 1 < steps.length) void go(index.value + 1)
    else end()
  }
  const back = () => { if (index.value) void go(index.value - 1) }
  const decline = () => { settings.tour = 'answered' }

  watch(() => application.info?.firstStart === true, (first) => {
    if (first && settings.tour === 'new') settings.tour = 'offered'
  }, { immediate: true })

  const commands: Command[] = [{ id: 'tour', title: 'Take the three-minute tour', run: start }]
  return { index, count: steps.length, step, isOffered, start, end, next, back, decline, commands }
}

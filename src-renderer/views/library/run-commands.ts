import { ElMessage } from 'element-plus'
import { nextTick } from 'vue'
import { counted } from '../../components/format.ts'
import { addressOf } from '../../stores/address.ts'
import { useApplication } from '../../stores/application.ts'
import { type Command, useCommandList } from '../../stores/commands.ts'
import { COMPARE_MAX, useNavigation } from '../../stores/navigation.ts'
import { useRuns } from '../../stores/runs.ts'
import { useSettings } from '../../stores/settings.ts'
import { attempt } from '../offer-undo.ts'
import type { useSelection } from './selection.ts'

const FIRST = 'Select a run first.'

/** Commands that open the selected run, or copy the address or the ids of the runs that actions affect, or star or tag them. */
export function runCommands(
  selection: ReturnType<typeof useSelection>, target: () => string, tag: (runIds: readonly string[]) => void,
): Command[] {
  const { summary, targets, group, actsOnTicked } = selection
  const runs = useRuns()
  const navigation = useNavigation()
  const application = useApplication()
  const ids = () => targets.value
  const copy = (text: string, message: string) => attempt(async () => {
    await navigator.clipboard.writeText(text)
    ElMessage.success(message)
  })
  /** Of one run, or of the comparison of several. */
  const address = () => {
    const [first = '', ...others] = ids()
    return addressOf(others.length === 0 ? { screen: 'run', parts: { run: first } } : { screen: 'compare', parts: { runs: ids().join() } })
  }
  const whyNoAddress = () => {
    if (targets.value.length === 0) return FIRST
    return targets.value.length > COMPARE_MAX ? `The address of a comparison has at most ${COMPARE_MAX} runs.` : null
  }
  const star = async () => {
    const runIds = ids()
    const isStarred = (await runs.read(runIds)).every(({ annotation }) => annotation?.starred === true)
    await runs.annotate(runIds, { starred: !isStarred })
  }
  const whyNotSeveral = () => application.blocked ?? (actsOnTicked.value || group.value !== null ? null : 'Tick runs first (Space).')
  return [
    {
      id: 'open-run', title: 'Open this run', blocked: () => (summary.value === null ? FIRST : null),
      run: () => { if (summary.value) navigation.openRun(summary.value.runId) },
    },
    { id: 'star-runs', title: 'Star these runs, or take the stars away', target, blocked: whyNotSeveral, run: () => void attempt(star) },
    { id: 'tag-runs', title: 'Tag these runs…', target, blocked: whyNotSeveral, run: () => tag(ids()) },
    { id: 'copy-address', title: 'Copy the address', target, blocked: whyNoAddress, run: () => void copy(address(), 'Address copied') },
    {
      id: 'copy-id', title: 'Copy the id', target, blocked: () => (targets.value.length === 0 ? FIRST : null),
      run: () => void copy(ids().join('\n'), `${counted(ids().length, 'id')} copied`),
    },
  ]
}

/** While the inspector is closed, the commands of its fields open it first. */
export function inspectorCommands(isSelected: () => boolean): Command[] {
  const settings = useSettings()
  const application = useApplication()
  const list = useCommandList()
  const open = (id: string, title: string, key?: string): Command => ({
    id, title, ...(key && { key }), blocked: () => application.blocked ?? (isSelected() ? null : FIRST),
    run: () => {
      settings.inspector = true
      void nextTick(() => list.runFirst([id]))
    },
  })
  if (settings.inspector) return []
  return [
    open('star', 'Star this run, or take the star away', '*'), open('rename', 'Rename this run', 'F2'), open('tag', 'Tag this run', '#'),
    open('note', 'Edit the note of this run'),
  ]
}

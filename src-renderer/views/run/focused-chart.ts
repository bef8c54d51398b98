import { ref, type Ref } from 'vue'
import type { Command } from '../../stores/commands.ts'
import type { RunChart } from './chart-list.ts'

/** What a chart's frame can be told. */
export interface FrameHandle {
  toggleTable(): void
  toggleFull(): void
  toggleAbout(): void
  copyPng(): Promise<void>
  saveSvg(): Promise<void>
  savePng(): Promise<void>
  isEmpty: boolean
}

/** The chart that was looked at last, and its tools as commands: a palette takes the focus away, but not this. */
export function useFocusedChart(close: (chart: RunChart) => void) {
  const focused: Ref<RunChart | null> = ref(null)
  const handles = new Map<RunChart, FrameHandle>()
  const handle = () => (focused.value === null ? undefined : handles.get(focused.value))

  const keep = (chart: RunChart, frame: FrameHandle | null) => {
    if (frame) handles.set(chart, frame)
    else handles.delete(chart)
  }
  const command = (id: string, title: string, key: string, act: (frame: FrameHandle) => unknown, drawn = false): Command => ({
    id: `chart-${id}`,
    title,
    key,
    blocked: () => (!handle() ? 'Focus a chart first' : drawn && handle()!.isEmpty ? 'The chart is empty' : null),
    run: () => {
      const frame = handle()
      if (frame) void act(frame)
    },
  })
  const commands = [
    command('full', 'Fill the window with the focused chart, or go back', 'M', (frame) => frame.toggleFull()),
    command('table', 'Focused chart as a table, or as a chart', 'B', (frame) => frame.toggleTable()),
    command('about', 'What is the focused chart?', 'A', (frame) => frame.toggleAbout()),
    command('copy', 'Copy the focused chart as a picture', 'Y', (frame) => frame.copyPng(), true),
    command('svg', 'Save the focused chart as SVG', 'V', (frame) => frame.saveSvg(), true),
    command('png', 'Save the focused chart as PNG', 'P', (frame) => frame.savePng(), true),
    command('close', 'Put the focused chart away', 'X', () => { if (focused.value) close(focused.value) }),
  ]
  return { focused, keep, commands }
}

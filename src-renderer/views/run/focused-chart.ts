import { ref, type Ref } from 'vue'
import type { Command } from '../../stores/commands.ts'
import { composeCommand } from '../figures/compose.ts'

/** Methods that a chart frame exposes. */
export interface FrameHandle {
  toggleTable(): void
  toggleFull(): void
  toggleAbout(): void
  copyPng(): Promise<void>
  saveSvg(): Promise<void>
  savePdf(): Promise<void>
  savePng(): Promise<void>
  compose(): void
  canCompose: boolean
  isEmpty: boolean
}

/** Chart that last had the focus, and its tools as commands. Opening the palette does not change it. */
export function useFocusedChart<Name extends string>(close: ((chart: Name) => void) | null) {
  const focused = ref(null) as Ref<Name | null>
  const handles = new Map<Name, FrameHandle>()
  const handle = () => (focused.value === null ? undefined : handles.get(focused.value))

  const keep = (chart: Name, frame: FrameHandle | null) => {
    if (frame) handles.set(chart, frame)
    else handles.delete(chart)
  }
  const command = (id: string, title: string, key: string, act: (frame: FrameHandle) => unknown, needsData = false): Command => ({
    id: `chart-${id}`,
    title,
    key,
    blocked: () => (!handle() ? 'Focus a chart first.' : needsData && handle()!.isEmpty ? 'The chart is empty.' : null),
    run: () => {
      const frame = handle()
      if (frame) void act(frame)
    },
  })
  const commands = [
    command('full', 'Show the focused chart in the full window, or exit', 'M', (frame) => frame.toggleFull()),
    command('table', 'Show the focused chart as a table or as a chart', 'B', (frame) => frame.toggleTable()),
    command('about', 'Explain the focused chart', 'A', (frame) => frame.toggleAbout()),
    composeCommand(handle),
    command('copy', 'Copy the focused chart as an image', 'Y', (frame) => frame.copyPng(), true),
    command('svg', 'Save the focused chart as SVG', 'V', (frame) => frame.saveSvg(), true),
    command('pdf', 'Save the focused chart as PDF', 'G', (frame) => frame.savePdf(), true),
    command('png', 'Save the focused chart as PNG', 'P', (frame) => frame.savePng(), true),
    ...(close ? [command('close', 'Hide the focused chart', 'X', () => { if (focused.value) close(focused.value) })] : []),
  ]
  return { focused, keep, commands }
}

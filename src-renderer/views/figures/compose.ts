import type { Command } from '../../stores/commands.ts'

/** What a figure needs of a chart frame. */
export interface Composable {
  compose(): void
  canCompose: boolean
  isEmpty: boolean
}

/** Command that composes a figure from the chart that has the focus. */
export const composeCommand = (focused: () => Composable | null | undefined): Command => ({
  id: 'chart-figure',
  title: 'Compose a figure from the focused chart',
  key: 'K',
  blocked: () => {
    const frame = focused()
    if (!frame) return 'Focus a chart first.'
    if (!frame.canCompose) return 'The library does not store what this chart shows.'
    return frame.isEmpty ? 'The chart is empty.' : null
  },
  run: () => focused()?.compose(),
})

import type { Screen } from '../../stores/navigation.ts'

export interface TourStep {
  /** Screen to show. */
  screen: Screen
  /** `data-test` marks to point at: the first visible one. If none is visible, the card is in the corner. */
  targets: readonly string[]
  title: string
  text: string
}

/** Steps of the three-minute tour, from the list of runs to a reproduced figure. */
export const steps: readonly TourStep[] = [
  {
    screen: 'library',
    targets: ['run-table', 'rail-library'],
    title: 'Every run is saved here',
    text: 'Each row is one training run with its settings, curves and weights. Move with the arrow keys and press Enter to open a run.',
  },
  {
    screen: 'design',
    targets: ['preset-pattern-generation/mixed-precision', 'rail-design'],
    title: 'Start from a preset',
    text: 'A preset is a set of parameters that is known to learn, with the source of its values. Choose the one closest to your question.',
  },
  {
    screen: 'design',
    targets: ['group-scheme', 'group-network'],
    title: 'Change what you want to test',
    text: 'Every field shows its unit and range, and a blue mark shows a change from the preset. A run starts only if all values are valid.',
  },
  {
    screen: 'design',
    targets: ['start'],
    title: 'Start the run',
    text: 'Click Start or press R to add the run to the queue. Use Sweep, beside Form, to start many runs from one draft.',
  },
  {
    screen: 'queue',
    targets: ['queue-hold', 'queue-release', 'rail-queue'],
    title: 'Manage the queue',
    text: 'Reorder runs, pause one or all, and see the time remaining. After an interruption, a run resumes from its last checkpoint.',
  },
  {
    screen: 'run',
    targets: ['chart-loss', 'rail-run'],
    title: 'Watch it learn',
    text: 'This is the example run. You can enlarge each chart, show its numbers as a table, read what it shows, or save it as SVG or PNG.',
  },
  {
    screen: 'library',
    targets: ['compare-open', 'rail-compare'],
    title: 'Compare runs',
    text: 'Tick two runs with Space and press C. One chart shows their curves, and a table below lists the settings that differ.',
  },
  {
    screen: 'figures',
    targets: ['figure-page', 'rail-figures'],
    title: 'Compose a figure',
    text: 'Focus any chart and press K to put it here. Set size, text and colours, then export SVG, PDF or PNG with the data.',
  },
  {
    screen: 'run',
    targets: ['run-retry', 'rail-run'],
    title: 'Reproduce the result',
    text: 'Reproduce trains the example again and tells you whether every number is the same. Press Ctrl K for commands or ? for shortcuts.',
  },
]

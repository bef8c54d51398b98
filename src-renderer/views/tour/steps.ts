import type { Screen } from '../../stores/navigation.ts'

export interface TourStep {
  /** Where it takes place. */
  screen: Screen
  /** What it points at, by `data-test`: the first that is to be seen. With none of them it speaks from a corner. */
  targets: readonly string[]
  title: string
  text: string
}

/** Three minutes, from the list of runs to a figure made again. */
export const steps: readonly TourStep[] = [
  {
    screen: 'library',
    targets: ['run-table', 'rail-library'],
    title: 'Every run is kept here',
    text: 'Each line is one training of one network, with its settings, curves and weights. Arrows choose a run, Enter opens it.',
  },
  {
    screen: 'design',
    targets: ['preset-pattern-generation/mixed-precision', 'rail-design'],
    title: 'An experiment begins with a preset',
    text: 'A preset is a set of parameters that is known to learn, and says where its numbers come from. Start from the one that is nearest.',
  },
  {
    screen: 'design',
    targets: ['group-scheme', 'group-network'],
    title: 'Change what you want to know about',
    text: 'Every field gives its unit and range, and a blue mark shows what differs from the preset. Nothing starts while a value is wrong.',
  },
  {
    screen: 'design',
    targets: ['start'],
    title: 'Start it',
    text: 'The run takes its place in the queue; R starts it from the keyboard. Sweep, beside Form, makes many runs of one draft.',
  },
  {
    screen: 'queue',
    targets: ['queue-hold', 'queue-release', 'rail-queue'],
    title: 'What runs, and what waits',
    text: 'Put runs in order, pause one or all, and see the time that is left. Whatever happens, a run goes on from its last checkpoint.',
  },
  {
    screen: 'run',
    targets: ['chart-loss', 'rail-run'],
    title: 'Watch it learn',
    text: 'This run is the example. Each chart can fill the window, become a table, explain itself, and be saved as SVG or PNG.',
  },
  {
    screen: 'library',
    targets: ['compare-open', 'rail-compare'],
    title: 'Compare',
    text: 'Tick two runs with Space and press C. Their curves come into one chart, with what differs in their settings below it.',
  },
  {
    screen: 'run',
    targets: ['run-retry', 'rail-run'],
    title: 'Make the figure again',
    text: 'Reproduce trains the example anew and says whether every number came out the same. Ctrl K finds any command, ? shows all keys.',
  },
]

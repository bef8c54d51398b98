import type { Figure } from '../../../src-engine/figure/figure.ts'
import { lossNamed } from '../../../src-engine/experiment/task.ts'
import { drawnArms } from './drawn-arms.ts'
import { lossPanel } from './loss-panel.ts'
import { pulsesPanel } from './pulses-panel.ts'
import type { StudySection } from './report.ts'
import { tracesPanel } from './traces-panel.ts'

/** Figure of the scheme comparison. Panels: losses with intervals, loss against SET pulses, readout and target. Empty panels are left out. */
export function schemesFigure(section: StudySection): Figure {
  const drawn = drawnArms(section)
  const { traces = [], modes = [] } = section
  const loss = lossNamed(section.comparison.loss)
  return {
    heading: '',
    panels: [
      lossPanel(drawn, modes, loss),
      ...(drawn.length > 0 ? [pulsesPanel(drawn, modes, loss)] : []),
      ...(traces.length > 0 ? [tracesPanel(traces, drawn, modes)] : []),
    ],
  }
}

import { lossNamed } from '../../../src-engine/experiment/task.ts'
import { figureSvg } from './drawing.ts'
import { drawnArms } from './drawn-arms.ts'
import { lossPanel } from './loss-panel.ts'
import { pulsesPanel } from './pulses-panel.ts'
import type { StudySection } from './report.ts'
import { tracesPanel } from './traces-panel.ts'

/** Figure of the scheme comparison. Panels: a losses with intervals, b loss against SET pulses, c readout and target. Empty panels are left out. */
export function schemesFigure(section: StudySection): string {
  const drawn = drawnArms(section)
  const { traces = [], modes = [] } = section
  const loss = lossNamed(section.comparison.loss)
  return figureSvg(section.id, [
    lossPanel(drawn, modes, loss),
    ...(drawn.length > 0 ? [pulsesPanel(drawn, loss)] : []),
    ...(traces.length > 0 ? [tracesPanel(traces, drawn, modes)] : []),
  ])
}

import type { DeviceDocument } from './document.ts'
import type { DeviceSettings } from './settings.ts'

/** Start of every shipped model, N(G0, 0.1·G0). It varies without write noise too: a network whose weights are all exactly 0 cannot learn. */
export const startOf = ({ initialConductance }: DeviceSettings): DeviceDocument['start'] =>
  ({ mean: initialConductance, deviation: 0.1 * initialConductance, smallest: 0.01 })

import type { DeviceDocument } from './document.ts'
import type { DeviceSettings } from './settings.ts'

/** Switches of non-idealities. A model names those that act on it. */
export type NonIdeality = 'writeNoise' | 'nonlinearity' | 'readNoise' | 'drift'

/** A device model that a spec can choose. */
export interface DeviceModel {
  /** Its name in documents and on the command line. */
  kind: string
  title: string
  /** One line for the choice. */
  meaning: string
  /** Law of a SET and its source. */
  equation?: string
  source?: string
  /** The switches that change its results. The others have no effect on it. */
  nonIdealities: readonly NonIdeality[]
  /** Setting that always appears with its title, and the noun of its count: 'Performance mode, 3 bits'. */
  shownWith: { setting: 'bits'; noun: string } | null
  /** The device's parts at these settings. Pure. */
  document(settings: DeviceSettings): DeviceDocument
}

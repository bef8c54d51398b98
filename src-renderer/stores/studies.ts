import { defineStore } from 'pinia'
import { call } from '../bridge/bridge.ts'

export type { StudyOutline, StudyPart } from '../bridge/bridge.ts'

/** Studies that can be run: shipped ones and the user's own. */
export const useStudies = defineStore('studies', () => ({
  list: () => call('studies.list', {}),
  plan: (id: string, search: boolean) => call('studies.plan', { id, search }),
  /** Start or continue a study. It goes on in the background. */
  start: (id: string, search: boolean) => call('studies.start', { id, search }),
  /** Copy a study from a file that the user chooses to the own ones. */
  add: () => call('studies.import', {}),
  /** Save the report of a finished study in a folder that the user chooses. @returns null if the user cancelled */
  saveReport: (id: string, search: boolean) => call('studies.export', { id, search }),
}))

import { readFileSync } from 'node:fs'
import { writeSmallFile } from '../app/files.ts'
import { type Preferences, preferencesSchema } from '../contract/preferences.ts'

/** Preferences of this user on this machine, kept in a file. */
export interface PreferenceFile {
  readonly current: Preferences
  change(some: Partial<Preferences>): Preferences
}

/** Opens the file. A missing or damaged one has the defaults, because preferences are not worth an error. */
export function openPreferences(file: string): PreferenceFile {
  let current = read(file)
  return {
    get current() { return current },
    change(some) {
      const next = { ...current, ...some }
      writeSmallFile(file, JSON.stringify(next))
      current = next
      return current
    },
  }
}

function read(file: string): Preferences {
  try {
    return preferencesSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return preferencesSchema.parse({})
  }
}

import type { Database } from 'better-sqlite3'
import type { Timing } from './protocol.ts'
import { parseTexts, type Texts } from './runs.ts'

interface Row extends Texts {
  run_id: string
  sequences: number
  seconds_per_sequence: number
  started_at: string
  ended_at: string
  computed_seconds: number | null
}

/** How long the finished runs took that were created last. Skips runs that cannot be read. */
export const readTimings = (db: Database, most: number): Timing[] =>
  db.prepare<[number], Row>(`
    SELECT run_id, sequences, seconds_per_sequence, started_at, ended_at, computed_seconds, spec, environment FROM runs
    WHERE run_id IN (
      SELECT run_id FROM runs WHERE status = 'done' AND seconds_per_sequence > 0 AND started_at IS NOT NULL ORDER BY created_at DESC LIMIT ?
    )
  `).all(most).flatMap((row) => timingOf(row) ?? [])

function timingOf(row: Row): Timing | null {
  const { run_id, sequences, seconds_per_sequence: secondsPerSequence, started_at: startedAt, ended_at: endedAt } = row
  try {
    const texts = parseTexts(run_id, row)
    return { ...texts, sequences, secondsPerSequence, startedAt, endedAt, secondsComputed: row.computed_seconds }
  } catch {
    return null
  }
}

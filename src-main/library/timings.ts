import type { Database } from 'better-sqlite3'
import * as z from 'zod'
import { read } from './operation.ts'
import type { Timing } from './protocol.ts'
import { parseTexts, type Texts } from './stored-texts.ts'

interface Row extends Texts {
  run_id: string
  sequences: number
  seconds_per_sequence: number
  started_at: string
  ended_at: string
  computed_seconds: number | null
}

/**
 * How long the finished runs took that were created last, and of those that were created together, as in a sweep, that ended last: what ran
 * at the same time must be among them. Skips runs that cannot be read. Runs from the future come last, because the clock was wrong when
 * they were made.
 */
export function readTimings(db: Database, most: number, now = new Date().toISOString()): Timing[] {
  const newest = (period: string) => db.prepare<[string, number], Row>(`
    SELECT run_id, sequences, seconds_per_sequence, started_at, ended_at, computed_seconds, spec, environment FROM runs
    WHERE run_id IN (
      SELECT run_id FROM runs WHERE status = 'done' AND seconds_per_sequence > 0 AND started_at IS NOT NULL AND created_at ${period} ?
      ORDER BY created_at DESC, ended_at DESC LIMIT ?
    )
  `)
  const past = newest('<=').all(now, most)
  return [...past, ...newest('>').all(now, most - past.length)].flatMap((row) => timingOf(row) ?? [])
}

function timingOf(row: Row): Timing | null {
  const { run_id, sequences, seconds_per_sequence: secondsPerSequence, started_at: startedAt, ended_at: endedAt } = row
  try {
    const texts = parseTexts(run_id, row)
    return { ...texts, sequences, secondsPerSequence, startedAt, endedAt, secondsComputed: row.computed_seconds }
  } catch {
    return null
  }
}

export const timingOperations = {
  /** Times of the latest finished runs, at most `most`. */
  timings: read([z.int().min(1)], ({ db }, most) => readTimings(db, most)),
}

import * as z from 'zod'
import { type GroupResult, pairings } from '../../src-engine/statistics/group-tests.ts'

/** Allows NaN and ±Infinity, because a diverged run is a result, not an error. */
const number = z.custom<number>((value) => typeof value === 'number')

/** Groups of final values, and which of them the others are tested against. */
export const groupsToTestSchema = z.strictObject({
  groups: z.array(z.array(z.strictObject({ seed: z.int(), value: number })).max(10_000)).max(1000),
  base: z.int().min(0),
  pairing: z.enum(pairings),
})
export type GroupsToTest = z.output<typeof groupsToTestSchema>

/** Fields are documented in src-engine/statistics/group-tests.ts. */
export const groupResultSchema: z.ZodType<GroupResult> = z.union([
  z.strictObject({
    test: z.strictObject({
      n: z.array(z.int()), difference: number, interval: z.tuple([number, number]).nullable(), p: number, leastP: number,
      corrected: number, effect: number.nullable(),
    }),
    reason: z.null(),
  }),
  z.strictObject({ test: z.null(), reason: z.string() }),
])

import * as z from 'zod'
import { runIdSchema } from './run.ts'

/** Allows NaN and ±Infinity, which a diverged run has. */
const value = z.custom<number>((value) => typeof value === 'number')

/** The first epoch in which a repeated run differs from the saved one, with both values. */
export const epochDifferenceSchema = z.strictObject({
  epoch: z.int(),
  quantity: z.enum(['loss', 'mean rate (Hz)']),
  saved: value,
  computed: value,
})
export type EpochDifference = z.output<typeof epochDifferenceSchema>

/** Result of computing a saved run again. */
export const verificationSchema = z.strictObject({
  runId: runIdSchema,
  /** Digest of the saved results; null if the run has none. */
  saved: z.string().nullable(),
  /** Digest of the results that were computed now; null if the run could not be computed. */
  computed: z.string().nullable(),
  /** 'other engine': the digests differ, but another version of the engine computed the saved results. */
  result: z.enum(['same', 'different', 'other engine', 'not compared']),
  /** Why the results differ or were not compared. Empty if they are the same. */
  reason: z.string(),
  /** Null if no epoch differs, or the results were not compared. */
  firstDifference: epochDifferenceSchema.nullable(),
})
export type Verification = z.output<typeof verificationSchema>

/** 'Epoch 3 is the first that differs: its loss was 0.25 and is now 0.26.' All digits, because only the last may differ. */
export const differenceText = ({ epoch, quantity, saved, computed }: EpochDifference): string =>
  `Epoch ${epoch} is the first that differs: its ${quantity} was ${saved} and is now ${computed}.`

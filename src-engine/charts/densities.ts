import type { Density, NumberAxis } from '../figure/figure.ts'
import { lengthsOn } from '../figure/scale.ts'
import { formatNumber } from '../format/numbers.ts'
import { densityOf } from '../statistics/density.ts'

/** Marks that a chart of arms shows on request, and the notes that explain them. */
export interface Details<Kind> {
  marks: Kind[]
  notes: string[]
}

/** The losses of each arm as a violin in its row. An arm whose losses do not differ has none. */
export function violinsOf(
  rows: readonly { losses: readonly number[], colour: string }[], axis: NumberAxis, entry: string,
): Details<Density> {
  const { length, value } = lengthsOn(axis)
  const made = rows.flatMap(({ losses, colour }, row) => {
    const density = densityOf(losses.map(length))
    return density === null ? [] : [{ ...density, row, colour }]
  })
  const marks = made.map(({ x, density, row, colour }): Density =>
    ({ kind: 'density', shape: 'violin', entry, row, colour, x: x.map(value), height: shares(density) }))
  return { marks, notes: made.length === 0 ? [] : [kernelNote('violins', made.map(({ bandwidth }) => bandwidth), axis)] }
}

/** Shares of the largest density. */
export function shares(density: Float64Array): Float64Array {
  const largest = density.reduce((most, each) => Math.max(most, each), 0)
  return density.map((each) => each / largest)
}

/** 'violins: Gaussian kernels, bandwidth 0.02 to 0.1 decades (Silverman)' */
export function kernelNote(what: string, bandwidths: readonly number[], { scale }: Pick<NumberAxis, 'scale'>, unit = ''): string {
  const ends = [...new Set([Math.min(...bandwidths), Math.max(...bandwidths)].map(formatNumber))].join(' to ')
  return `${what}: Gaussian kernels, bandwidth ${ends}${scale === 'linear' ? unit : ' decades'} (Silverman), each as high as its row allows`
}

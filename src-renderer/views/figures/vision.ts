/** How colours look to people with a complete lack of one kind of cones, and in a print without colour. */
export interface Vision {
  name: string
  title: string
  /** Rows for red, green and blue over the linear values of red, green and blue; null changes nothing. */
  matrix: readonly (readonly [red: number, green: number, blue: number])[] | null
}

const LUMINANCE = [0.2126, 0.7152, 0.0722] as const

/** Matrices of Machado, Oliveira and Fernandes (2009), doi:10.1109/TVCG.2009.113, severity 1. */
export const visions: readonly Vision[] = [
  { name: 'normal', title: 'Normal vision', matrix: null },
  { name: 'protanopia', title: 'Protanopia (no red)', matrix: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]] },
  { name: 'deuteranopia', title: 'Deuteranopia (no green)', matrix: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]] },
  { name: 'tritanopia', title: 'Tritanopia (no blue)', matrix: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]] },
  { name: 'grey', title: 'Grey print', matrix: [LUMINANCE, LUMINANCE, LUMINANCE] },
]

/** Values of an feColorMatrix, whose columns also have alpha and an offset. */
export const filterValues = (matrix: NonNullable<Vision['matrix']>) => [...matrix.map((row) => `${row.join(' ')} 0 0`), '0 0 0 1 0'].join(' ')

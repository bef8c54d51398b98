import type { Symbol } from '../../src-engine/figure/figure.ts'

export const CROSS = 'path://M0 1L1 0L5 4L9 0L10 1L6 5L10 9L9 10L5 6L1 10L0 9L4 5Z'

const PLUS = 'path://M4.3 0H5.7V4.3H10V5.7H5.7V10H4.3V5.7H0V4.3H4.3Z'

export const symbolPaths: Record<Symbol['shape'], string> = {
  circle: 'circle', diamond: 'diamond', square: 'rect', triangle: 'triangle', cross: CROSS, plus: PLUS,
}

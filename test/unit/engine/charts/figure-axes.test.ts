import { expect, test } from 'vitest'
import { checkFigure } from '../../../../src-engine/charts/figure-document.ts'

const withAxis = (axis: object) => checkFigure({ version: 1, panels: [{ chart: 'loss', runs: [{ run: 'run00001' }], y: axis }] })

test('an axis ends after it starts', () => {
  expect(withAxis({ from: 1, to: 2 })).toMatchObject({ ok: true })
  expect(withAxis({ to: -2 })).toMatchObject({ ok: true })
  for (const to of [1, 0.5]) {
    const rule = 'must be more than 1, where the axis starts'
    expect(withAxis({ from: 1, to })).toEqual({ ok: false, problems: [{ path: 'panels.0.y.to', rule, found: `${to}` }] })
  }
})

import { expect, test } from 'vitest'
import { parseSpec } from '../../../src-engine/experiment/parse.ts'
import type { RunDetail } from '../../../src-main/contract/run.ts'
import { pageOf } from '../../../src-engine/figure/page/page.ts'
import { twoColumns } from '../../../src-engine/figure/page/style.ts'
import { svgOf } from '../../../src-engine/figure/page/svg.ts'
import { runFigure } from '../../../src-main/transfer/run-figure.ts'

const ledger = { set: 0, reset: 0, refresh: 0, read: 0 }

const drawn = (...of: Parameters<typeof runFigure>) => svgOf(pageOf(runFigure(...of), twoColumns))

function runWith(losses: number[]): RunDetail {
  const spec = parseSpec({ name: 'A <b> & c', scheme: { kind: 'sign' } }, 'test')
  return {
    spec,
    summary: { runId: '0123456789', name: spec.name, preset: '', task: 'sinusoids', scheme: 'sign', seed: 42 } as RunDetail['summary'],
    environment: {} as RunDetail['environment'],
    epochs: losses.map((loss, index) =>
      ({
        epoch: index + 1, loss, patternLosses: [loss], metrics: {},
        meanRateHz: 0, silent: 0, zeroSurrogate: 0.5, alwaysFiring: 0, ledger,
        saturated: 0,
      })),
    arrays: [],
  }
}

const trace = (pattern: number) => ({ name: `pattern-${pattern}`, epoch: 3, output: Float32Array.of(0, 1), target: Float32Array.of(1, 0) })

test('axes have names and units, the curve has the colour of its scheme, and text is escaped', () => {
  const svg = drawn(runWith([0.3, 0.2, 0.1]), [trace(0)])
  for (const words of ['Mean squared error', 'Epoch', 'Time (ms)', 'Readout', 'Output in epoch 3', 'pattern 0', 'A &lt;b&gt; &amp; c']) expect(svg).toContain(words)
  expect(svg.toLowerCase()).toContain('#e69f00')
})

test('counts epochs without a finite loss and leaves them out', () => {
  const svg = drawn(runWith([0.3, NaN, Infinity]), [])
  expect(svg).toContain('× 2 values not finite')
  expect(svg).not.toMatch(/d="[^"]*NaN/)
})

test('draws eight patterns and counts the others', () => {
  const svg = drawn(runWith([0.3]), Array.from({ length: 10 }, (_, pattern) => trace(pattern)))
  expect(svg).toContain('2 more patterns not shown')
  expect(svg).toContain('pattern 7')
  expect(svg).not.toContain('pattern 8')
})

test('draws a figure for a run without epochs', () => {
  expect(drawn(runWith([]), [])).toContain('Mean squared error')
})

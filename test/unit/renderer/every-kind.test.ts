import { describe, expect, it } from 'vitest'
import { pulseResponse } from '../../../src-engine/analysis/device-preview.ts'
import { specSchemaNode } from '../../../src-engine/experiment/schema-walk.ts'
import { pairsOf, schemeColour, schemeKinds } from '../../../src-engine/experiment/scheme.ts'
import { lossOf, metricsOf } from '../../../src-engine/experiment/task.ts'
import { previewPattern } from '../../../src-engine/task/preview.ts'
import { lossChart } from '../../../src-engine/charts/loss.ts'
import { metricChart } from '../../../src-engine/charts/metric.ts'
import { pulsesChart } from '../../../src-engine/charts/preview-device.ts'
import { palettes } from '../../../src-engine/charts/palette.ts'
import { type Field, fieldsOf, variantDefaults } from '../../../src-renderer/components/spec-form/form-model.ts'
import { everyKind } from '../../integration/kinds/kinds.ts'

const form = fieldsOf(specSchemaNode())
const fieldAt = (path: string, fields: Field[] = form): Field | undefined => {
  for (const field of fields) {
    if (field.path === path) return field
    const inside = field.kind === 'group' ? fieldAt(path, field.fields) : undefined
    if (inside) return inside
  }
  return undefined
}

describe.each(everyKind)('%s in the window', (name, spec) => {
  const [family, kind] = name.split(' ')

  it('is a choice of the form with a title, and with defaults that are a valid experiment', () => {
    const field = fieldAt({ scheme: 'scheme', device: 'device.model', neuron: 'network.neuron', task: 'task' }[family!]!)
    // There is no choice of one.
    if (field === undefined) return expect(everyKind.filter(([other]) => other.startsWith(family!))).toHaveLength(1)
    const choices = field.kind === 'union' ? field.variants : field.kind === 'choice' ? field.options : []
    const choice = choices.find((one) => one.name === kind)
    expect(choice?.title).toMatch(/^[A-Z]/)
    if (field.kind === 'union') expect(variantDefaults(field.variants.find((one) => one.name === kind)!)).toMatchObject({ kind })
  })

  it('has a chart of its loss and of each metric of its task, with a row for every epoch', () => {
    const metrics = metricsOf(spec.task.kind)
    const values = Object.fromEntries(metrics.map(({ id }) => [id, 0.5]))
    const epochs = [1, 2, 3].map((epoch) => ({ epoch, loss: 0.2, patternLosses: [0.2], metrics: values }))
    const scheme = spec.scheme.kind
    const charts = [
      lossChart({ loss: lossOf(spec.task.kind), epochs, scheme, scale: 'log' }, palettes.light),
      ...metrics.map((metric) => metricChart({ metric, epochs, scheme }, palettes.light)),
    ]
    for (const chart of charts) {
      expect(chart.title).toMatch(/^[A-Z]/)
      expect(chart.table().rows.map(([epoch]) => epoch)).toEqual([1, 2, 3])
      expect(chart.table().rows.flat()).not.toContain(NaN)
    }
  })

  it('has a preview of its patterns and of its devices', () => {
    expect(previewPattern(spec.task, spec.seed, 0).spikes.length).toBeGreaterThan(0)
    const curve = pairsOf(spec.scheme) > 0 ? pulseResponse(spec.device, spec.seed) : null
    const chart = pulsesChart({ curve, devices: 200, most: 12 }, palettes.light)
    expect(chart.table().rows.length > 0).toBe(curve !== null)
  })
})

it('gives every scheme a colour of its own', () => {
  expect(new Set(schemeKinds.map((kind) => schemeColour(kind, 'light'))).size).toBe(schemeKinds.length)
})

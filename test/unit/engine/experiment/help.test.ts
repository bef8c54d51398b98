import { expect, test } from 'vitest'
import * as z from 'zod'
import { sources } from '../../../../src-engine/experiment/sources.ts'
import { specSchema } from '../../../../src-engine/experiment/spec.ts'

interface Node {
  title?: string
  help?: string
  equation?: string
  source?: string
  const?: unknown
  properties?: Record<string, Node>
  oneOf?: Node[]
}

/** Every parameter and group of a spec, over all schemes and tasks. */
function described(node: Node, path: string): [path: string, node: Node][] {
  const own = node.const === undefined && path !== '' ? [[path, node] as [string, Node]] : []
  const below = Object.entries(node.properties ?? {}).flatMap(([name, child]) => described(child, path ? `${path}.${name}` : name))
  return [...own, ...below, ...(node.oneOf ?? []).flatMap((variant) => described(variant, path))]
}

const all = described(z.toJSONSchema(specSchema, { io: 'input' }) as Node, '')

test.each(all)('%s has a title and help', (_, { title, help }) => {
  expect(title).toMatch(/\S/)
  expect(help).toMatch(/\S.{5,}/)
})

test.each(all.filter(([, { equation, source }]) => equation !== undefined || source !== undefined))('%s has an equation with its source', (_, node) => {
  expect(node.equation).toMatch(/[=~←>Σ]/)
  expect(Object.values(sources).some((source) => node.source?.includes(source))).toBe(true)
})

test('the parameters of the model show their equations', () => {
  const having = new Set(all.flatMap(([path, { equation }]) => (equation ? [path] : [])))
  for (const path of ['network.threshold', 'learning.rateInput', 'device.driftExponent', 'scheme.accumulatorStep', 'task.frequencies']) {
    expect(having).toContain(path)
  }
})

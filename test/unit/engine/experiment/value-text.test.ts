import { expect, test } from 'vitest'
import * as z from 'zod'
import { conventionSets } from '../../../../src-engine/experiment/conventions.ts'
import { schemeKinds } from '../../../../src-engine/experiment/scheme.ts'
import { specSchema } from '../../../../src-engine/experiment/spec.ts'
import { choiceTitle, valueText } from '../../../../src-engine/experiment/value-text.ts'

test.each([
  ['device.model', 'pcm', 'PCM model'],
  ['conventions.timeline', 'wait', 'Wait 38.6 s'],
  ['conventions', 'published', 'Published'],
  ['scheme.kind', 'mixed-precision', 'Mixed precision'],
  ['scheme', { kind: 'sign' }, 'Sign'],
  ['task.kind', 'signal', 'Imported signal'],
  ['device.drift', false, 'off'],
  ['task.frequencies', [1, 2.5], '1, 2.5'],
  ['network.threshold', 0.123456789, '0.123456789'],
  ['name', 'pcm', 'pcm'],
  ['device.model', 'magic', 'magic'],
  ['seed', undefined, ''],
])('%s of %j is shown as %s', (path, value, text) => {
  expect(valueText(path, value)).toBe(text)
})

interface Node { enum?: string[]; properties?: Record<string, Node>; oneOf?: Node[] }

const choicesBelow = (node: Node, path: string): [path: string, name: string][] => [
  ...(node.enum ?? []).map((name) => [path, name] as [string, string]),
  ...(node.oneOf ?? []).flatMap((variant) => choicesBelow(variant, path)),
  ...Object.entries(node.properties ?? {}).flatMap(([name, child]) => choicesBelow(child, path ? `${path}.${name}` : name)),
]

const choices = [
  ...choicesBelow(z.toJSONSchema(specSchema, { io: 'input' }) as Node, ''),
  ...schemeKinds.map((kind) => ['scheme.kind', kind] as const),
  ...Object.keys(conventionSets).map((name) => ['conventions', name] as const),
]

test.each(choices)('%s has a title for %s', (path, name) => {
  expect(choiceTitle(path, name)).toMatch(/^[A-Z]/)
})

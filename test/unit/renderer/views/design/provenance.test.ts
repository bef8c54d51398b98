import { expect, test } from 'vitest'
import { specSchema } from '../../../../../src-engine/experiment/spec.ts'
import { changesOf } from '../../../../../src-renderer/components/spec-form/changes.ts'
import { fieldsOf } from '../../../../../src-renderer/components/spec-form/form-model.ts'
import { specSchemaNode } from '../../../../../src-engine/experiment/schema-walk.ts'
import { subjectOf } from '../../../../../src-renderer/views/design/preview-subject.ts'
import { provenanceOf } from '../../../../../src-renderer/views/design/provenance.ts'

const spec = specSchema.parse({})
const preset = { id: 'pattern-generation/fp32', title: 'FP32 baseline', description: '', provenance: '', own: false, spec }
const changed = (document: object) => changesOf(fieldsOf(specSchemaNode()), specSchema.parse(document), spec)

test('a new preset names its base and its changes', () => {
  const changes = changed({ network: { threshold: 0.2 }, task: { kind: 'sinusoids', inputRate: 40 } })
  expect(provenanceOf(preset, changes))
    .toBe('Based on FP32 baseline (pattern-generation/fp32). Changed: Input rate 50 → 40 Hz; Firing threshold 0.1 → 0.2.')
  expect(provenanceOf(null, [])).toBe('Same as the defaults.')
})

test('cuts provenance to the longest text that a preset accepts', () => {
  const long = { path: 'name', title: 'Name', unit: '', from: '', to: 'x'.repeat(5000), usual: '' }
  expect(provenanceOf(preset, [long])).toHaveLength(4000)
})

test('task fields show task previews; device and scheme fields show device previews', () => {
  expect(['task.steps', 'device.scale', 'scheme.refresh.above', 'training.epochs'].map(subjectOf)).toEqual(['task', 'device', 'device', null])
})

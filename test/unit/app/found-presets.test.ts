import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { writeFound } from '../../../src-main/app/study-report.ts'
import { checkStudy } from '../../../src-engine/study/check-study.ts'
import { smallStudy } from '../../fixtures/small-study.ts'

let dir: string
beforeEach(() => { dir = mkdtempSync(path.join(os.tmpdir(), 'chalcogen-')) })
afterEach(() => rmSync(dir, { recursive: true }))

it('writes a preset for each arm of a device with presets, also for a scheme with the settings of another one', async () => {
  const [sign, mixed] = smallStudy.schemes!
  const checked = checkStudy({
    ...smallStudy,
    schemes: [{ ...sign, settings: 'mixed', boxes: [] }, mixed],
    devices: smallStudy.devices!.map((device, index) => (index === 0 ? { ...device, presets: 'group' } : device)),
  })
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  const best = { score: 0.5, trials: 6, settings: { 'network.threshold': 0.2, 'learning.rateInput': 0.003 }, edges: [] }
  const named = { id: 'small', study: checked.study } as Parameters<typeof writeFound>[0]
  await writeFound(named, { arms: { 'mixed/full': [best] } }, [], dir, { version: '0.1.0', date: '2026-01-01' })
  expect(readdirSync(path.join(dir, 'presets/group')).sort()).toEqual(['mixed.json', 'sign.json'])
  const preset = (scheme: string) => JSON.parse(readFileSync(path.join(dir, `presets/group/${scheme}.json`), 'utf8'))
  expect(preset('sign')).toMatchObject({
    title: 'Sign, full', spec: { scheme: { kind: 'sign' }, network: { threshold: 0.2 }, learning: { rateInput: 0.003 } },
  })
  expect(preset('sign').provenance).toContain('chalcogen study small --search for mixed/full. Mean MSE on the search seeds: ')
  expect(preset('mixed').provenance).toContain('chalcogen study small --search. Mean MSE on the search seeds: ')
})

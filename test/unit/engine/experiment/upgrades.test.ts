import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkSpec, parseSpec, upgradeSpec } from '../../../../src-engine/experiment/parse.ts'
import { sweepSchema } from '../../../../src-engine/experiment/sweep.ts'
import { type SpecDocument, type Upgrade, upgradeChanges, upgradeDocument } from '../../../../src-engine/experiment/upgrades/upgrade.ts'
import { upgradeSweep } from '../../../../src-engine/experiment/upgrades/upgrade-sweep.ts'
import { SPEC_VERSION, upgrades } from '../../../../src-engine/experiment/upgrades/upgrades.ts'
import { studySchema } from '../../../../src-engine/study/study.ts'
import { upgradeStudy } from '../../../../src-engine/study/upgrade-study.ts'

const folder = 'test/fixtures/specs'
const versions = readdirSync(folder).map(Number).sort((a, b) => a - b)
const read = (version: number, name: string) => JSON.parse(readFileSync(`${folder}/${version}/${name}.json`, 'utf8')) as unknown
const golden = versions.flatMap((version) => readdirSync(`${folder}/${version}`)
  .filter((file) => file.endsWith('.json') && !file.endsWith('.parsed.json'))
  .map((file): [name: string, version: number] => [file.replace(/\.json$/, ''), version]))

describe('golden documents', () => {
  it('exist for every version', () => {
    expect(versions).toEqual(Array.from({ length: SPEC_VERSION }, (_, index) => index + 1))
  })

  it.each(golden)('%s of version %d is parsed as it was when it was written', (name, version) => {
    const document = read(version, name)
    const parsed = name.endsWith('.sweep') ? sweepSchema.parse(document) : parseSpec(document, name)
    // A later version may add settings.
    expect(parsed).toMatchObject(read(version, `${name}.parsed`) as object)
  })

  it.each(golden)('%s of version %d, once it is upgraded, stays as it is', (name, version) => {
    const once = upgradeSpec(read(version, name))
    expect(once.ok && upgradeSpec(once.document)).toEqual(once)
  })
})

/** Steps as later versions might have them: a switch becomes a choice, a name and a unit change, one setting becomes two. */
const steps: Upgrade[] = [
  withDevice(({ noise, ...rest }) => (noise === undefined ? rest : { ...rest, noise: noise === true ? 'exact' : 'off' })),
  withDevice(({ scale, ...rest }) => (scale === undefined ? rest : { ...rest, unit: scale })),
  withDevice((device) => (typeof device.delay === 'number' ? { ...device, delay: device.delay / 1000 } : device)),
  withDevice(({ level, ...rest }) => (level === undefined ? rest : { ...rest, high: level, low: 0 })),
]

function withDevice(change: (device: SpecDocument) => SpecDocument): Upgrade {
  return (document) => (isGroup(document.device) ? { ...document, device: change(document.device) } : document)
}
const isGroup = (value: unknown): value is SpecDocument => typeof value === 'object' && value !== null && !Array.isArray(value)

const newest = steps.length + 1
const anyDocument = fc.record({
  version: fc.integer({ min: 1, max: newest }),
  seed: fc.anything(),
  device: fc.oneof(fc.anything(), fc.record({
    noise: fc.oneof(fc.boolean(), fc.anything()), scale: fc.double(), delay: fc.oneof(fc.double(), fc.string()),
    level: fc.double(),
    unit: fc.double(),
  }, { requiredKeys: [] })),
}, { requiredKeys: [] })

describe('an upgrade', () => {
  it('of an upgraded document changes nothing, for any steps and any document', () => {
    fc.assert(fc.property(anyDocument, fc.constantFrom(steps, upgrades, steps.slice(0, 2)), (document, some) => {
      const once = upgradeDocument(document, some)
      if (once.ok) expect(upgradeDocument(once.document, some)).toEqual(once)
      else expect(once.problems[0]!.path).toBe('version')
    }))
  })

  it('leaves a document of the newest version as it is', () => {
    fc.assert(fc.property(anyDocument, (document) => {
      const current = { ...document, version: newest }
      expect(upgradeDocument(current, steps)).toEqual({ ok: true, document: current })
    }))
  })

  it('does all steps from the version of the document on, and takes a document without one as the first', () => {
    const device = { noise: true, scale: 3, delay: 1000, level: 5 }
    const upgraded = { ok: true, document: { version: newest, device: { noise: 'exact', unit: 3, delay: 1, high: 5, low: 0 } } }
    expect(upgradeDocument({ device }, steps)).toEqual(upgraded)
    expect(upgradeDocument({ version: 1, device }, steps)).toEqual(upgraded)
    expect(upgradeDocument({ version: 4, device: { noise: 'off', delay: 1, level: 5 } }, steps))
      .toEqual({ ok: true, document: { version: newest, device: { noise: 'off', delay: 1, high: 5, low: 0 } } })
  })

  it('of values by their paths gives what the upgrade of the whole document gives', () => {
    expect(upgradeChanges({ 'device.noise': false, 'device.scale': 2, 'device.level': 4, 'seed': 3, 'device.list': [1, { a: 2 }] }, 1, steps))
      .toEqual({ 'device.noise': 'off', 'device.unit': 2, 'device.high': 4, 'device.low': 0, 'seed': 3, 'device.list': [1, { a: 2 }] })
    const current = { 'device.noise': 'off' }
    expect(upgradeChanges(current, newest, steps)).toBe(current)
  })

  it('of a sweep upgrades its variants and axes by the version of its spec', () => {
    const sweep = sweepSchema.parse({
      spec: {}, variants: [{ label: 'A', changes: { 'device.noise': true } }],
      axes: [
        { kind: 'list', path: 'device.scale', values: [1, 2] }, { kind: 'range', path: 'device.delay', from: 1000, to: 2000 },
        { kind: 'sample', path: 'network.threshold', from: 1, to: 2 },
      ],
    })
    expect(upgradeSweep({ ...sweep, spec: { device: { noise: false } } }, steps)).toMatchObject({
      spec: { version: newest, device: { noise: 'off' } },
      variants: [{ label: 'A', changes: { 'device.noise': 'exact' } }],
      axes: [{ path: 'device.unit', values: [1, 2] }, { path: 'device.delay', from: 1, to: 2 }, { path: 'network.threshold', from: 1, to: 2 }],
    })
    const current = { ...sweep, spec: { version: newest } }
    expect(upgradeSweep(current, steps)).toEqual(current)
  })

  it('of a study upgrades its schemes, devices, ranges and tournaments by the version of its spec', () => {
    const study = studySchema.parse({
      version: 1, title: 'T', seeds: [1],
      schemes: [{ id: 'sign', label: 'Sign', changes: { 'device.scale': 3 }, box: { 'device.delay': [1, 1000] } }],
      devices: [{ id: 'full', title: 'Full', name: '', schemes: ['sign'], changes: { 'device.noise': false } }],
      search: { seeds: [1, 2, 3, 4], batches: 1, trials: 2, penalty: 1, changes: { 'device.noise': true }, boxes: { all: { 'device.scale': [1, 10] } } },
      sections: [{ kind: 'tournament', id: 'own', title: 'Own', spec: { device: { noise: true } }, variants: [{ label: 'A', changes: { 'device.scale': 1 } }] }],
    })
    expect(upgradeStudy(study, steps)).toMatchObject({
      spec: { version: newest },
      schemes: [{ changes: { 'device.unit': 3 }, box: { 'device.delay': [0.001, 1] } }],
      devices: [{ changes: { 'device.noise': 'off' } }],
      search: { changes: { 'device.noise': 'exact' }, boxes: { all: { 'device.unit': [1, 10] } } },
      sections: [{ spec: { device: { noise: 'exact' } }, variants: [{ changes: { 'device.unit': 1 } }] }],
    })
  })
})

describe('a spec', () => {
  it('of a newer version is refused with the reason, in a sweep and a study too', () => {
    const spec = { version: SPEC_VERSION + 1, future: true }
    const rule = `must be at most ${SPEC_VERSION}. A newer version of Chalcogen made this experiment. Update the application`
    expect(checkSpec(spec)).toEqual({ ok: false, problems: [{ path: 'version', rule, found: String(SPEC_VERSION + 1) }] })
    for (const parsed of [sweepSchema.safeParse({ spec }), studySchema.safeParse({ version: 1, title: 'T', seeds: [1], spec, sections: [] })]) {
      expect(parsed.error?.issues).toContainEqual(expect.objectContaining({ path: ['spec', 'version'], message: rule }))
    }
  })

  it.each([0, 1.5, -1, '1', null, true, [], 1e300])('with the version %j is refused with the path', (version) => {
    expect(checkSpec({ version })).toMatchObject({ ok: false, problems: [{ path: 'version' }] })
  })

  it('without a version and one of version 1 are the same', () => {
    expect(parseSpec({ version: 1, seed: 3 }, 'test')).toEqual(parseSpec({ seed: 3 }, 'test'))
    expect(parseSpec({}, 'test').version).toBe(SPEC_VERSION)
  })
})

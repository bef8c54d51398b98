import Database from 'better-sqlite3'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest'
import type { CheckReport, RunSummary } from '../../src-main/app/app.ts'
import { formatsInTurn, networkFormats } from '../fixtures/export-formats.ts'
import { inProcess } from '../integration/cli/program.ts'
import { openApp, temporaryFolder, thorough } from './support.ts'

vi.setConfig({ testTimeout: 60_000 })

const tiny = { task: { kind: 'sinusoids', patterns: 2, steps: 50, inputChannels: 5 }, network: { recurrentNeurons: 6 }, training: { epochs: 4 } }
const schemes = { kind: 'list', path: 'scheme.kind', values: ['sign', 'mixed-precision'] }

let home: string
let library: string
let sweepId: string
let runs: RunSummary[]
let engineDigest: string

/** One sweep of two arms and two seeds, and a single run. */
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'chalcogen-test-'))
  library = join(home, 'library.chalcogen')
  writeFileSync(join(home, 'tiny.json'), JSON.stringify(tiny))
  writeFileSync(join(home, 'sweep.json'), JSON.stringify({ spec: tiny, axes: [schemes], seeds: [1, 2] }))
  sweepId = (await json(library, 'sweep', 'sweep.json')).sweepId
  await json(library, 'run', 'tiny.json')
  runs = await json(library, 'list')
  engineDigest = (await json(library, 'show', runs[0]!.runId)).environment.engineDigest
})
afterAll(() => rmSync(home, { recursive: true }))

async function json(file: string, ...args: string[]) {
  const { code, out, err } = await inProcess([...args, '--json'], home, file)
  expect(code, err).toBe(0)
  return JSON.parse(out)
}

const chalcogen = (file: string, ...args: string[]) => inProcess(args, home, file)

type Damage = (runId: string, file: string) => void

const inSql = (sql: string): Damage => (runId, file) => {
  const db = new Database(file)
  try {
    db.prepare(sql).run({ runId })
  } finally {
    db.close()
  }
}

/** SQLite would refuse to store this, but a disk does not. */
function breakJson(runId: string, file: string): void {
  inSql('UPDATE runs SET spec = json_set(spec, \'$.name\', $runId) WHERE run_id = $runId')(runId, file)
  const bytes = readFileSync(file)
  const at = bytes.indexOf(`"name":"${runId}"`)
  expect(at).toBeGreaterThan(0)
  bytes.write('!', at)
  writeFileSync(file, bytes)
}

const damages: [name: string, reason: RegExp, damage: Damage][] = [
  ['an unknown key in its spec', /spec of run \w+ cannot be read: network\.future is not a setting of this version\. /,
    inSql('UPDATE runs SET spec = json_set(spec, \'$.network.future\', 1) WHERE run_id = $runId')],
  ['two unknown keys', /spec of run \w+ cannot be read: network\.future is not a setting of this version \(and 1 more\)/,
    inSql('UPDATE runs SET spec = json_set(spec, \'$.network.future\', 1, \'$.network.past\', 1) WHERE run_id = $runId')],
  ['the scheme of a newer version', /spec of run \w+ cannot be read: scheme\.kind must be/,
    inSql('UPDATE runs SET spec = json_set(spec, \'$.scheme.kind\', \'newer\') WHERE run_id = $runId')],
  ['the device model of a newer version', /spec of run \w+ cannot be read: device\.model must be/,
    inSql('UPDATE runs SET spec = json_set(spec, \'$.device.model\', \'newer\') WHERE run_id = $runId')],
  ['a spec of a newer version', /spec of run \w+ cannot be read: it was made by a newer version of Chalcogen\. Its format is 99/,
    inSql('UPDATE runs SET spec = json_set(spec, \'$.version\', 99, \'$.learning.future\', 1) WHERE run_id = $runId')],
  ['other types in its spec', /spec of run \w+ cannot be read: name must be text/,
    inSql('UPDATE runs SET spec = json_set(spec, \'$.name\', 7, \'$.seed\', \'many\', \'$.scheme\', NULL) WHERE run_id = $runId')],
  ['a spec that is no JSON', /spec of run \w+ is damaged/, breakJson],
  ['an environment that is no JSON', /environment of run \w+ is damaged/,
    inSql('UPDATE runs SET environment = \'{"node\' WHERE run_id = $runId')],
  ['an environment without a version', /environment of run \w+ cannot be read: node is missing/,
    inSql('UPDATE runs SET environment = json_remove(environment, \'$.node\') WHERE run_id = $runId')],
]

function damagedCopy(damage: Damage, { runId }: RunSummary): string {
  const file = join(temporaryFolder(), 'library.chalcogen')
  copyFileSync(library, file)
  damage(runId, file)
  return file
}

function textsIn(file: string, { runId }: RunSummary): { spec: string; environment: string } {
  const db = new Database(file, { readonly: true })
  try {
    return db.prepare<[string], { spec: string; environment: string }>('SELECT spec, environment FROM runs WHERE run_id = ?').get(runId)!
  } finally {
    db.close()
  }
}

const ofArm = (arm: number) => runs.filter(({ sweep }) => sweep?.arm === arm)

const idsOf = (some: readonly { runId: string }[]) => some.map(({ runId }) => runId).sort()

/** One damage of each kind is exported and imported: a setting and a spec of a newer version, a spec that is no JSON, and an environment. */
const kinds = thorough ? damages : [damages[0]!, damages[4]!, damages[6]!, damages[8]!]

describe.for(damages)('fault 43: if a run has %s', ([, reason, damage]) => {
  it('the run is listed and shown with the reason, and every other run is listed', async () => {
    const [bad, others] = [runs[0]!, runs.slice(1)]
    const file = damagedCopy(damage, bad)
    const app = await openApp(file)
    await app.judgeOutcomes()
    expect(await app.list()).toMatchObject(runs.map(({ runId, digest }) => ({ runId, digest })))
    const reasons = (await app.page(null)).map(({ unreadable }) => unreadable)
    expect(reasons).toEqual([expect.stringMatching(reason), ...others.map(() => undefined)])
    const kept = await app.get(bad.runId)
    const summary = { unreadable: expect.stringMatching(reason), digest: bad.digest }
    expect(kept).toMatchObject({ summary, texts: textsIn(file, bad) })
    expect(kept.epochs.map(({ loss }) => loss)).toHaveLength(bad.epochsDone)
    const { epoch, kind, name } = kept.arrays[0]!
    expect((await app.array(bad.runId, epoch, kind, name)).info.sha256).toBe(kept.arrays[0]!.sha256)
    for (const { format } of networkFormats) {
      const written = app.exportRuns(idsOf(runs), format, temporaryFolder())
      await expect(written).rejects.toMatchObject({ name: 'BadInput', message: expect.stringContaining(kept.summary.unreadable!) })
    }
  })

  it('the run is moved, deleted and left alone by retry and resume, which say why', async () => {
    const bad = runs[0]!
    const app = await openApp(damagedCopy(damage, bad))
    await expect(app.retry(bad.runId)).rejects.toThrow(reason)
    await expect(app.resume(bad.runId)).rejects.toThrow(reason)
    await app.shelve([bad.runId], 'trash')
    expect((await app.list())[0]).toMatchObject({ runId: bad.runId, shelf: 'trash', digest: bad.digest })
    await app.deleteRuns([bad.runId])
    expect(await app.list()).toHaveLength(runs.length - 1)
  })

})

describe.for(kinds.map((one, nth) => [...one, nth] as const))('fault 43: if a run has %s', ([, reason, damage, nth]) => {
  it('it and every other run are exported and imported', async () => {
    const bad = runs[0]!
    const file = damagedCopy(damage, bad)
    const app = await openApp(file)
    const texts = textsIn(file, bad)
    const folder = temporaryFolder()
    for (const { format } of formatsInTurn(nth)) await app.exportRuns(idsOf(runs), format, folder)
    const read = (ending: string) => readFileSync(join(folder, readdirSync(folder).find((one) => one.endsWith(ending))!), 'utf8')
    const exported = JSON.parse(read('.json')) as { runs: { summary: RunSummary; texts?: unknown }[] }
    expect(exported.runs.filter(({ texts }) => texts !== undefined)).toMatchObject([{ summary: { runId: bad.runId }, texts }])
    expect(read('.runs.csv').split('\n').filter((line) => line.includes('All other runs can be used'))).toHaveLength(1)
    expect(read('.epochs.csv')).toContain(bad.runId)
    await app.close()
    const archive = join(folder, readdirSync(folder).find((one) => one.endsWith('.zip'))!)
    for (const source of [file, archive]) {
      const other = join(temporaryFolder(), 'other.chalcogen')
      const into = await openApp(other)
      expect(await into.importRuns(source)).toEqual({ imported: runs.length, present: 0 })
      expect(await into.get(bad.runId))
        .toMatchObject({ summary: { unreadable: expect.stringMatching(reason), digest: bad.digest }, texts })
      await into.close()
      expect(textsIn(other, bad)).toEqual(texts)
    }
  })
})

describe.for([damages[0]!, damages[2]!, damages[4]!])('fault 43: if a run has %s', ([, reason, damage]) => {
  it('a comparison of its sweep names it and compares the others', async () => {
    const bad = ofArm(0)[0]!
    const app = await openApp(damagedCopy(damage, bad))
    const { arms, warnings } = (await app.sweeps.compare(sweepId, null))!
    expect(warnings.join('\n')).toMatch(reason)
    const others = runs.filter(({ runId, sweep }) => sweep !== null && runId !== bad.runId)
    expect(idsOf(arms.flatMap((arm) => arm.runs))).toEqual(idsOf(others))
    await expect(app.exportSweep(sweepId, null, temporaryFolder())).resolves.not.toEqual([])
  })

  it.for(['running', 'queued'] as const)('no other run is kept from being resumed, if it was %s', async (status) => {
    const [bad, other] = [runs[0]!, runs[1]!]
    const app = await openApp(damagedCopy((runId, copy) => {
      inSql(`UPDATE runs SET status = '${status}', owner = NULL WHERE run_id IN ($runId, '${other.runId}')`)(runId, copy)
      damage(runId, copy)
    }, bad), { engineDigest })
    if (status === 'running') await app.resume(other.runId)
    else expect(await app.adoptQueue()).toContain(other.runId)
    expect(await app.finished(other.runId)).toMatchObject({ status: 'done', digest: other.digest })
    await app.judgeOutcomes()
    expect((await app.list())[0]).toMatchObject({ runId: bad.runId, unreadable: expect.stringMatching(reason) })
  })
})

test('fault 43: the command line lists, shows and exports a run that cannot be read, and says why', async () => {
  const [bad, others] = [runs[0]!, runs.slice(1)]
  const [, reason, damage] = damages[0]!
  const file = damagedCopy(damage, bad)
  const list = await chalcogen(file, 'list')
  expect(list.code).toBe(0)
  expect(list.out).toContain('finished, unreadable')
  expect(list.out).toMatch(reason)
  expect(await chalcogen(file, 'show', bad.runId)).toMatchObject({ code: 0, out: expect.stringMatching(reason) })
  expect(await json(file, 'show', bad.runId)).toMatchObject({ summary: { digest: bad.digest }, texts: { spec: expect.stringContaining('future') } })
  expect(await json(file, 'show', others[0]!.runId)).toMatchObject({ summary: { digest: others[0]!.digest } })
  const some = await chalcogen(file, 'export', bad.runId, others[0]!.runId, '--format', 'csv', '--out', temporaryFolder())
  expect(some.code, some.err).toBe(0)
  expect(await chalcogen(file, 'resume', bad.runId)).toMatchObject({ code: 1, err: expect.stringMatching(reason) })
  expect(JSON.parse((await chalcogen(file, 'check', '--json')).out).findings)
    .toEqual([expect.objectContaining({ kind: 'run', runId: bad.runId, message: expect.stringMatching(reason) })])
})

test('fault 43: an arm with no run that can be read does not keep the others from being compared', async () => {
  const app = await openApp(damagedCopy((_, copy) => ofArm(0).forEach(({ runId }) => damages[0]![2](runId, copy)), runs[0]!))
  const { arms } = (await app.sweeps.compare(sweepId, null))!
  expect(idsOf(arms.flatMap((arm) => arm.runs))).toEqual(idsOf(ofArm(1)))
})

describe('fault 43: a sweep that is', () => {
  it.for([
    ['missing', inSql('DELETE FROM sweeps WHERE $runId = $runId'), 0],
    ['damaged', inSql('UPDATE sweeps SET document = \'{\' WHERE $runId = $runId'), 1],
    ['of a newer version', inSql('UPDATE sweeps SET document = json_set(document, \'$.future\', 1) WHERE $runId = $runId'), 2],
  ] as const)('%s leaves its runs to be listed, shown and exported', async ([, damage, nth]) => {
    const bad = ofArm(0)[0]!
    const file = damagedCopy(damage, bad)
    const app = await openApp(file)
    expect(await app.list()).toHaveLength(runs.length)
    expect((await app.get(bad.runId)).summary.digest).toBe(bad.digest)
    for (const { format } of formatsInTurn(nth)) await app.exportRuns(runs.map(({ runId }) => runId), format, temporaryFolder())
    await app.adoptQueue()
  })
})

test('fault 43: a repair of other faults is not stopped by a run whose spec is no JSON', async () => {
  const [bad, other] = [runs[0]!, runs[1]!]
  const file = damagedCopy((runId, copy) => {
    inSql(`UPDATE runs SET loss = 7.5 WHERE run_id IN ($runId, '${other.runId}')`)(runId, copy)
    breakJson(runId, copy)
  }, bad)
  const { findings } = JSON.parse((await chalcogen(file, 'check', '--repair', '--json')).out) as CheckReport
  expect(findings.filter(({ repaired }) => repaired !== null).map(({ runId, kind }) => [runId, kind]))
    .toEqual(expect.arrayContaining([[bad.runId, 'summary'], [other.runId, 'summary']]))
  expect((await json(file, 'list'))[1]).toMatchObject({ runId: other.runId, loss: other.loss })
})


import { CRATE_METADATA, MANIFEST } from '../archive/layout.ts'
import type { PlannedFile, PlannedRun } from '../archive/pack.ts'
import type { About } from '../datasets/format.ts'
import { tableNames, type Tables } from '../datasets/table.ts'
import type { RunSource } from '../run-source.ts'
import { columnEntities, columnIds } from './columns.ts'
import { type Entity, fileEntity, reference, references } from './entity.ts'
import { actionId, runEntities } from './run-entities.ts'
import { softwareEntities } from './software.ts'

/** RO-Crate 1.1 (https://w3id.org/ro/crate/1.1) and the version of Process Run Crate that extends it. */
const SPECIFICATION = 'https://w3id.org/ro/crate/1.1'
const PROFILE = 'https://w3id.org/ro/wfrun/process/0.5'
/** RO-Crate 1.1 has no term for a checksum. The profile uses this one. */
const CONTEXT = [`${SPECIFICATION}/context`, { sha256: 'https://w3id.org/ro/terms/workflow-run#sha256' }]

/** RO-Crate 1.1 requires a license of the whole crate. Only the owner of the runs can choose one. */
const LICENSE = '#license'

/** Date of a crate without any run: the date of the entries of its ZIP file. */
const NO_DATE = '1980-01-01T00:00:00.000Z'

export interface Crate {
  source: Pick<RunSource, 'overview'>
  runs: readonly PlannedRun[]
  tables: readonly PlannedFile[]
  columns: Tables
  about: About
}

/** Generate `ro-crate-metadata.json`, run by run. */
export async function* crateMetadata(crate: Crate): AsyncGenerator<Buffer> {
  yield Buffer.from(`{"@context":${JSON.stringify(CONTEXT)},"@graph":[\n`)
  let separator = ''
  for await (const entity of entities(crate)) {
    yield Buffer.from(separator + JSON.stringify(entity, wellFormed))
    separator = ',\n'
  }
  yield Buffer.from('\n]}\n')
}

/** Names of imported runs may have any characters. Half a surrogate pair is no valid JSON for many readers. */
const wellFormed = (_key: string, value: unknown): unknown => (typeof value === 'string' ? value.toWellFormed() : value)

async function* entities(crate: Crate): AsyncGenerator<Entity> {
  yield* heading(crate)
  yield* tableEntities(crate)
  const described = new Set<string>()
  for (const plan of crate.runs) {
    const run = await crate.source.overview(plan.runId)
    for (const entity of softwareEntities(run)) {
      if (described.has(entity['@id'])) continue
      described.add(entity['@id'])
      yield entity
    }
    yield* runEntities(plan, run)
  }
}

function* heading({ runs, tables, about }: Crate): Generator<Entity> {
  yield {
    '@id': CRATE_METADATA, '@type': 'CreativeWork', 'conformsTo': reference(SPECIFICATION), 'about': reference('./'),
    'encodingFormat': 'application/ld+json',
  }
  yield {
    '@id': './', '@type': 'Dataset', 'conformsTo': reference(PROFILE),
    'name': runs.length === 1 ? `Run ${runs[0]!.runId} of Chalcogen` : `${runs.length} runs of Chalcogen`,
    'description': `Simulations of spiking networks on phase-change memory: spec, results and provenance of each run, tables of all runs, `
      + `and an archive that Chalcogen imports. Written by Chalcogen ${about.application}.`,
    'datePublished': newestDate(runs),
    'license': reference(LICENSE),
    'hasPart': references([MANIFEST, ...tables.map(({ name }) => name), ...runs.flatMap(({ entries }) => entries.map(({ name }) => name))]),
    'mentions': references(runs.map(({ runId }) => actionId(runId))),
  }
  yield {
    '@id': LICENSE, '@type': 'CreativeWork', 'name': 'No license stated',
    'description': 'The license of these runs is not known. Ask their owner before you reuse them.',
  }
  yield { '@id': PROFILE, '@type': 'CreativeWork', 'name': 'Process Run Crate', 'version': '0.5' }
  yield {
    '@id': MANIFEST, '@type': 'File', 'name': 'Manifest', 'encodingFormat': 'application/json',
    'description': 'Size and SHA-256 of every other file of the crate, including the metadata file. It has none of its own.',
  }
}

function* tableEntities({ tables, columns }: Crate): Generator<Entity> {
  for (const file of tables) {
    const table = tableNames.find((name) => file.name === `tables/${name}.csv`)
    yield {
      ...fileEntity(file, 'text/csv', descriptions[table ?? 'columns']),
      ...(table && { variableMeasured: references(columnIds(table, columns[table])) }),
    }
    if (table) yield* columnEntities(table, columns[table])
  }
}

const descriptions = {
  runs: { name: 'Runs', description: 'One row for each run, with all its parameters' },
  epochs: { name: 'Epochs', description: 'One row for each epoch of each run' },
  patterns: { name: 'Patterns', description: 'One row for each pattern of each epoch' },
  columns: { name: 'Columns', description: 'Type, unit and description of each column of the other tables' },
}

/** When the newest run ended, or else was created. The clock would make every crate differ. */
function newestDate(runs: Crate['runs']): string {
  const ended = runs.flatMap(({ endedAt }) => endedAt ?? []).reduce(later, '')
  return ended || runs.map(({ createdAt }) => createdAt).reduce(later, NO_DATE)
}

const later = (one: string, other: string) => (other > one ? other : one)

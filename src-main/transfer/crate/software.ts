import { createHash } from 'node:crypto'
import type { Environment, StoredOverview } from '../../contract/run.ts'
import { canonicalJson } from '../../library/canonical-json.ts'
import { type Entity, idPart, references } from './entity.ts'

const UNKNOWN = '#chalcogen'

/** The application in the environment of a run, which the action of the run refers to. */
export const softwareId = (run: StoredOverview): string => ('texts' in run ? UNKNOWN : idOf(run.environment))

const idOf = (environment: Environment) =>
  `${UNKNOWN}-${idPart(environment.application)}-${createHash('sha256').update(canonicalJson(environment)).digest('hex').slice(0, 8)}`

/** The application, and the versions and the machine that the run was computed with. */
export function softwareEntities(run: StoredOverview): Entity[] {
  const software = { '@id': softwareId(run), '@type': 'SoftwareApplication', 'name': 'Chalcogen' }
  if ('texts' in run) return [{ ...software, description: 'The environment of the run cannot be read' }]
  const { application, ...others } = run.environment
  const known = Object.entries(others).filter(([, value]) => value !== null)
  const properties = known.map(([name, value]) =>
    ({ '@id': `${software['@id']}/${name}`, '@type': 'PropertyValue', name, 'value': String(value) }))
  const ids = properties.map((property) => property['@id'])
  return [
    { ...software, softwareVersion: application, operatingSystem: others.os, additionalProperty: references(ids) },
    ...properties,
  ]
}

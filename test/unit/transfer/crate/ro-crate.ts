import { createHash } from 'node:crypto'
import { fromBufferPromise } from 'yauzl'

/** Files of a ZIP file by their names. */
export async function filesOf(zip: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>()
  const opened = await fromBufferPromise(zip, { autoClose: false })
  for await (const entry of opened.eachEntry()) {
    const chunks: Buffer[] = []
    for await (const chunk of await opened.openReadStreamPromise(entry)) chunks.push(chunk as Buffer)
    files.set(String(entry.fileName), Buffer.concat(chunks))
  }
  return files
}

interface Reference { '@id': string }
export type Entity = Reference & { '@type': string } & Record<string, unknown>

const METADATA = 'ro-crate-metadata.json'

export const graphOf = (files: ReadonlyMap<string, Buffer>): Entity[] =>
  (JSON.parse(files.get(METADATA)!.toString()) as { '@graph': Entity[] })['@graph']

const isReference = (value: unknown): value is Reference => typeof value === 'object' && value !== null && '@id' in value
const asList = (value: unknown): unknown[] => (value === undefined ? [] : [value].flat())
const idsOf = (value: unknown) => asList(value).filter(isReference).map((one) => one['@id'])

/** Terms of https://w3id.org/ro/crate/1.1/context that a crate may use here. */
const terms = new Set([
  '@id', '@type', 'about', 'actionStatus', 'additionalProperty', 'conformsTo', 'contentSize', 'datePublished', 'description', 'encodingFormat',
  'endTime', 'error', 'hasPart', 'instrument', 'license', 'mentions', 'name', 'object', 'operatingSystem', 'result', 'softwareVersion', 'startTime',
  'unitText', 'value', 'variableMeasured', 'version',
])
const types = new Set(['CreativeWork', 'Dataset', 'File', 'PropertyValue', 'SoftwareApplication', 'CreateAction'])
/** Characters of a URI (RFC 3986), others are encoded. */
const PATH = /^(?:[\w.~:/?#@!$&'()*+,;=-]|%[\dA-F]{2})+$/
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

/** Every rule of RO-Crate 1.1 and of Process Run Crate 0.5 that the files of a crate break, each as a sentence. */
export function brokenRules(files: ReadonlyMap<string, Buffer>): string[] {
  const bytes = files.get(METADATA)
  if (!bytes) return ['The metadata file must be in the root.']
  const document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as { '@context': unknown; '@graph': Entity[] }
  const graph = document['@graph']
  const byId = new Map(graph.map((entity) => [entity['@id'], entity]))
  const broken = new Set<string>()
  const require = (holds: unknown, rule: string) => { if (!holds) broken.add(rule) }
  const context = asList(document['@context'])
  const ownTerms = new Set(context.filter((one) => typeof one === 'object').flatMap((one) => Object.keys(one as object)))

  require(context.includes('https://w3id.org/ro/crate/1.1/context'), 'The context must be that of RO-Crate 1.1.')
  require(byId.size === graph.length, 'Each entity must be described once.')
  for (const entity of graph) checkEntity(entity)
  checkRoot()
  checkFiles()
  checkActions()
  return [...broken]

  function checkEntity(entity: Entity): void {
    const { '@id': id, '@type': type } = entity
    require(types.has(type), `${id} must have a known type.`)
    require(PATH.test(id), `${id} must be a URI or a relative path of one.`)
    for (const [term, value] of Object.entries(entity)) {
      require(terms.has(term) || ownTerms.has(term), `${term} of ${id} is not a term of the context.`)
      for (const one of asList(value)) {
        const isFlat = typeof one === 'string' || (isReference(one) && Object.keys(one).length === 1)
        require(isFlat, `${term} of ${id} must be text or a reference.`)
      }
      const isSpecification = id === METADATA && term === 'conformsTo'
      for (const other of term.startsWith('@') || isSpecification ? [] : idsOf(value)) require(byId.has(other), `${id} refers to ${other}, which is missing.`)
    }
  }

  function checkRoot(): void {
    const descriptor = byId.get(METADATA)
    require(descriptor?.['@type'] === 'CreativeWork', 'The metadata descriptor must be a CreativeWork.')
    require(idsOf(descriptor?.conformsTo).includes('https://w3id.org/ro/crate/1.1'), 'The metadata descriptor must conform to RO-Crate 1.1.')
    require(idsOf(descriptor?.about)[0] === './', 'The metadata descriptor must be about the root.')
    const root = byId.get('./')
    require(root?.['@type'] === 'Dataset', 'The root must be a Dataset.')
    require(root?.name && root.description, 'The root must have a name and a description.')
    require(INSTANT.test(String(root?.datePublished)), 'The root must have a date.')
    const license = byId.get(idsOf(root?.license)[0] ?? '')
    require(license?.name && license.description, 'The root must have a license with a name and a description.')
    const profiles = idsOf(root?.conformsTo).filter((id) => id.startsWith('https://w3id.org/ro/wfrun/process/'))
    require(profiles.some((id) => byId.get(id)?.['@type'] === 'CreativeWork'), 'The root must conform to a described version of Process Run Crate.')
  }

  function checkFiles(): void {
    const parts = idsOf(byId.get('./')?.hasPart)
    require(new Set(parts).size === parts.length, 'Each file must be a part once.')
    for (const name of [...files.keys()].filter((one) => one !== METADATA)) {
      require(parts.includes(name) && byId.get(name)?.['@type'] === 'File', `${name} is not described.`)
    }
    for (const { '@id': id } of graph.filter((entity) => entity['@type'] === 'File')) {
      require(parts.includes(id), `${id} must be a part of the root.`)
      const file = files.get(id)
      if (file) checkContent(byId.get(id)!, file)
      else broken.add(`${id} is missing.`)
    }
  }

  function checkContent(entity: Entity, file: Buffer): void {
    const id = entity['@id']
    require(/^\w+\/[\w.+-]+$/.test(String(entity.encodingFormat)), `${id} must have a media type.`)
    require(entity.name, `${id} must have a name.`)
    // The manifest has the hash of the metadata file, so neither can have that of the other.
    if (id === 'manifest.json') return
    require(entity.contentSize === String(file.length), `${id} must have its size.`)
    require(entity.sha256 === createHash('sha256').update(file).digest('hex'), `${id} must have its SHA-256.`)
  }

  function checkActions(): void {
    const mentioned = idsOf(byId.get('./')?.mentions)
    for (const action of graph.filter((entity) => entity['@type'] === 'CreateAction')) {
      const id = action['@id']
      require(mentioned.includes(id), `${id} must be mentioned by the root.`)
      require(idsOf(action.instrument).every((tool) => byId.get(tool)?.['@type'] === 'SoftwareApplication'), `${id} must have an application.`)
      require(idsOf(action.instrument).length === 1 && action.name && action.description, `${id} must have an instrument, a name and a description.`)
      const used = [...idsOf(action.object), ...idsOf(action.result)]
      require(used.length > 1 && used.every((file) => byId.get(file)?.['@type'] === 'File'), `${id} must use and make files.`)
      require([action.startTime, action.endTime].every((time) => time === undefined || INSTANT.test(String(time))), `${id} must have times.`)
      require(/^http:\/\/schema\.org\/(Completed|Failed|Active|Potential)ActionStatus$/.test(String(action.actionStatus)), `${id} must have a status.`)
      require(!action.error || String(action.actionStatus).endsWith('FailedActionStatus'), `${id} has an error but did not fail.`)
    }
  }
}

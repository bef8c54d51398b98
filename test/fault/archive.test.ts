import fc from 'fast-check'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { BadInput } from '../../src-main/contract/problem.ts'
import { type ArchivedRun, type Caps, inspectArchive, readArchive } from '../../src-main/transfer/archive/archive.ts'
import { type Document, entriesOf, type Manifest, manifestEntry, manifestOf, rawArchive } from '../unit/transfer/archive/raw-archive.ts'
import { type RawEntry, rawZip, zip64Extra } from '../unit/transfer/archive/raw-zip.ts'
import { array, epoch, readAll, run, RUN_ID, sha256, temporaryFile, temporaryFolder } from '../unit/transfer/archive/support.ts'

const folder = `runs/${RUN_ID}`
const first = `${folder}/arrays/0.bin`
const small = () => entriesOf(run())

/** Expects that no run is read and that the error names the file, the entry, the rule and what was found. */
async function expectRefused(zip: Uint8Array, words: RegExp, caps?: Partial<Caps>) {
  const file = temporaryFile(zip)
  const given: string[] = []
  const reading = async () => {
    for await (const { summary } of readArchive(file, caps)) given.push(summary.runId)
  }
  const error: unknown = await reading().then(() => null, (thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(BadInput)
  expect((error as BadInput).message).toMatch(words)
  expect((error as BadInput).message).toContain(file)
  for (const { rule } of (error as BadInput).problems) expect(rule).toMatch(/^(must|is|cannot|does) .+/)
  expect(given).toEqual([])
  return file
}

/** Like `expectRefused`, and expects the refusal before any run is unpacked. */
async function expectRefusedAtOnce(zip: Uint8Array, words: RegExp, caps?: Partial<Caps>) {
  const file = await expectRefused(zip, words, caps)
  await expect(inspectArchive(file, caps)).rejects.toThrow(BadInput)
}

/** An archive with one more entry, which the manifest lists. */
const withEntry = (entry: Partial<RawEntry>) => {
  const entries = small()
  const more = { name: `${folder}/arrays/1.bin`, content: Buffer.from('abcd'), ...entry }
  return rawZip([manifestEntry(manifestOf([...entries, { ...more, name: `${folder}/arrays/1.bin` }])), ...entries, more])
}

const withManifest = (edit: (manifest: Manifest) => unknown) => {
  const entries = small()
  return rawZip([manifestEntry(edit(manifestOf(entries))), ...entries])
}

const withDocument = (edit: (document: Document) => unknown) => rawArchive(entriesOf(run(), edit))

it('reads a valid archive of these tests', async () => {
  expect(await readAll(temporaryFile(rawArchive(small())))).toStrictEqual([run()])
  expect(await inspectArchive(temporaryFile(rawArchive(small())))).toEqual({ runs: 1 })
  const zip64 = rawZip([manifestEntry(manifestOf(small())), ...small()], { count: 0xffff, zip64: {} })
  expect(await readAll(temporaryFile(zip64))).toStrictEqual([run()])
})

it('reads an archive of version 1, which called the loss mse and had no other metrics', async () => {
  const entries = entriesOf(run(), ({ summary, epochs, ...others }) => {
    // What is undefined is left out of the JSON.
    const gone = { task: undefined, metrics: undefined, loss: undefined, lossLast20: undefined, patternLosses: undefined }
    return {
      ...others,
      summary: { ...summary, ...gone, mse: summary.loss, mseLast20: summary.lossLast20 },
      epochs: epochs.map((one) => ({ ...one, ...gone, mse: one.loss, patternMse: one.patternLosses })),
    }
  })
  const version1 = rawZip([manifestEntry({ ...manifestOf(entries), version: 1 }), ...entries])
  expect(await readAll(temporaryFile(version1))).toStrictEqual([run()])
  await expectRefused(rawArchive(entries), /summary\.(task|loss)/)
})

it.for([
  '../evil', '..', '.', 'runs/../evil', `${folder}/../../evil`, `${folder}/arrays/..`, `./${folder}/run.json`,
  '/etc/passwd', `/${folder}/run.json`, '//server/share/x', 'C:/evil', 'C:\\evil', 'c:evil', '\\\\server\\share\\x',
  `runs\\${RUN_ID}\\run.json`, '..\\evil', `${folder}/run.json\0.txt`, `${folder}/run.json\n`, `${folder}/\u001b[31m`, '\0', '',
  `runs//run.json`, `${folder}//run.json`, `${folder}/`, 'runs/', `${folder}/arrays/1.bin/`, `${folder}/arrays/1.BIN`,
  `${folder}/arrays/01.bin`, `${folder}/arrays/-1.bin`, `${folder}/arrays/1.bin `, `${folder}/arrays/1.bin.`, `${folder}/arrays/CON`,
  `${folder}/arrays/1.bin:stream`, `${folder}/arrays/１.bin`, `${folder}/arrays/\u202enib.1`, 'readme.txt', '__proto__', 'constructor',
])('fault 30: an entry named %j is refused', async (name) => {
  await expectRefusedAtOnce(withEntry({ name }), /entries named manifest\.json, runs\/RUN\/run\.json.*Found ".*"\./s)
})

it('fault 30: an entry name that is not text is refused', async () => {
  await expectRefusedAtOnce(withEntry({ name: Buffer.from([0xff, 0xfe, 0x2f, 0xc0, 0xaf]) }), /entries named .* Found "/)
})

it('fault 30: a name cannot break out of the error message', async () => {
  const file = temporaryFile(withEntry({ name: `\u001b[2J\u202e${'x'.repeat(50_000)}\nall is well` }))
  const error: unknown = await readAll(file).catch((thrown: unknown) => thrown)
  expect((error as BadInput).problems[0]!.found).toMatch(/^[ -~…]{1,300}$/)
})

it('fault 30: a second name in the extra field, which other programs use, is ignored', async () => {
  const name = `${folder}/arrays/1.bin`
  const path = Buffer.concat([Buffer.from([0x75, 0x70, 13, 0, 1, 0, 0, 0, 0]), Buffer.from('../evil!')])
  const entries = entriesOf(run({}, { arrays: [array(), array({ name: 'second' })] }))
  const odd = entries.map((entry) => (entry.name === name ? { ...entry, extra: path } : entry))
  expect(await readAll(temporaryFile(rawArchive(odd)))).toHaveLength(1)
})

it.for([first, `${folder}/run.json`, 'manifest.json'])('fault 30: a duplicate name %s is refused', async (name) => {
  await expectRefusedAtOnce(withEntry({ name }), /must not be there twice/)
})

it.for([first.toUpperCase(), `${folder}/Arrays/0.bin`, `${folder}/RUN.json`, 'Manifest.json'])(
  'fault 30: the name %s, which differs only in case, is refused', async (name) => {
    await expectRefusedAtOnce(withEntry({ name }), /entries named/)
  })

it.for([
  ['a symbolic link', 0o120777], ['a folder', 0o040755], ['a pipe', 0o010644], ['a socket', 0o140644],
  ['a character device', 0o020644], ['a block device', 0o060644], ['a type that does not exist', 0o170644],
] as const)('fault 30: %s is refused', async ([, mode]) => {
  await expectRefusedAtOnce(withEntry({ attributes: mode << 16, content: Buffer.from('/etc/passwd') }), /a link, a folder or a device/)
})

it.for([['folder', 0x10], ['label', 0x08]] as const)('fault 30: an MS-DOS %s is refused', async ([, attributes]) => {
  await expectRefusedAtOnce(withEntry({ attributes }), /a link, a folder or a device/)
})

it.for([['encrypted', 0x801], ['strongly encrypted', 0x841], ['with a masked header', 0x2800]] as const)(
  'fault 30: an entry that is %s is refused', async ([, flags]) => {
    await expectRefusedAtOnce(withEntry({ flags }), /encrypt/)
  })

it.for([1, 6, 9, 12, 14, 93, 99])('fault 30: an entry with compression method %i is refused', async (method) => {
  await expectRefusedAtOnce(withEntry({ method }), new RegExp(`Found method ${method}\\.`))
})

const zeros = (bytes: number) => new Uint8Array(bytes)
const withArray = (bytes: number) =>
  entriesOf(run({}, { arrays: [array({ shape: [bytes / 4], data: new Uint32Array(bytes / 4) })] }))

it('fault 31: more entries than the limit are refused', async () => {
  await expectRefusedAtOnce(rawArchive(small()), /at most 2 entries\. Found 3 entries/, { entries: 2 })
})

it('fault 31: a huge ZIP64 entry count is refused', async () => {
  const zip = rawZip([manifestEntry(manifestOf(small())), ...small()], { zip64: { count: 2n ** 63n } })
  await expectRefusedAtOnce(zip, /at most 100000 entries\. Found 922337\d+ entries/)
})

it('fault 31: an entry count that is too large is refused', async () => {
  const entries = [manifestEntry(manifestOf(small())), ...small()]
  await expectRefusedAtOnce(rawZip(entries, { count: 4 }), /signature|ends too early/)
})

it('fault 31: an entry count that is too small is refused', async () => {
  const entries = [manifestEntry(manifestOf(small())), ...small()]
  await expectRefusedAtOnce(rawZip(entries, { count: 2 }), /must list each entry .* once.* Found ".*0\.bin"/)
})

it('fault 31: an entry whose listed size exceeds the limit is refused', async () => {
  const zip = rawArchive(withArray(4000))
  await expectRefusedAtOnce(zip, /0\.bin must have at most 3999 bytes when unpacked\. Found 4000 bytes/, { entryBytes: 3999 })
})

it('fault 31: JSON whose listed size exceeds its limit is refused', async () => {
  await expectRefusedAtOnce(rawArchive(small()), /\.json must have at most 99 bytes .* Found \d+ bytes/, { jsonBytes: 99 })
})

it('fault 31: an entry with a listed size of 2^63 bytes is refused', async () => {
  const extra = zip64Extra(2n ** 63n)
  await expectRefusedAtOnce(withEntry({ unpacked: 0xffffffff, extra }), /at most 2147483648 bytes .* Found 922337\d+ bytes/)
})

it('fault 31: entries whose total size exceeds the limit are refused', async () => {
  await expectRefusedAtOnce(rawArchive(withArray(4000)), /at most 4500 bytes .* Found \d+ bytes or more/, { totalBytes: 4500 })
})

it('fault 31: a run that exceeds the limit is refused', async () => {
  await expectRefusedAtOnce(rawArchive(withArray(4000)), /4500 bytes per run\. Found \d+ bytes in run/, { runBytes: 4500 })
})

it('fault 31: an entry with a better compression ratio than Deflate allows is refused', async () => {
  const zip = withEntry({ content: zeros(1000), unpacked: 2 ** 30 })
  await expectRefusedAtOnce(zip, /at most 1200 to 1\. Found 1073741824 bytes packed into \d+/)
})

it('fault 31: an entry whose compression ratio exceeds the limit is refused', async () => {
  const entries = withArray(100_000).map((entry) => ({ ...entry, method: 8 }))
  await expectRefusedAtOnce(rawArchive(entries), /at most 10 to 1\. Found \d+ bytes packed into \d+/, { ratio: 10 })
})

it('fault 31: entries that share their packed bytes are refused', async () => {
  const shared = Array.from({ length: 9 }, (_, index) =>
    ({ name: `${folder}/arrays/${index}.bin`, content: zeros(20_000), method: 0, ...(index > 0 && { offset: 0 }) }))
  const document = small()[0]!
  const zip = rawZip([...shared, document, manifestEntry(manifestOf([document, ...shared]))])
  await expectRefusedAtOnce(zip, /entries that overlap/)
})

it('fault 31: unpacking stops when an entry exceeds its listed size', async () => {
  const [document, data] = withArray(4000)
  const more = { ...data!, method: 8, content: zeros(2 ** 24), unpacked: 4000 }
  const zip = rawZip([manifestEntry(manifestOf([document!, data!])), document!, more])
  await expectRefused(zip, /0\.bin must have the \d+ unpacked bytes that the directory lists\. Found more/)
})

it('fault 31: an entry that unpacks to less than its listed size is refused', async () => {
  const [document, data] = withArray(4000)
  const less = { ...data!, method: 8, content: zeros(3996), unpacked: 4000 }
  const zip = rawZip([manifestEntry(manifestOf([document!, data!])), document!, less])
  await expectRefused(zip, /0\.bin must have the \d+ unpacked bytes that the directory lists\. Found 3996 bytes/)
})

it('fault 31: an uncompressed entry with a wrong size is refused', async () => {
  await expectRefusedAtOnce(withEntry({ method: 0, packed: 3 }), /must have the 4 bytes that the directory lists.* Found 3 bytes/)
})

it('fault 31: an entry whose packed bytes are not Deflate is refused', async () => {
  const [document, data] = withArray(4000)
  const odd = { ...data!, method: 8, data: new Uint8Array(500).fill(0xff) }
  await expectRefused(rawZip([manifestEntry(manifestOf([document!, data!])), document!, odd]), /0\.bin cannot be read: invalid/)
})

it('fault 31: an entry with truncated packed bytes is refused', async () => {
  const [document, data] = withArray(4000)
  const odd = { ...data!, method: 8, data: deflateRawSync(data!.content).subarray(0, 10) }
  const zip = rawZip([manifestEntry(manifestOf([document!, data!])), document!, odd])
  await expectRefused(zip, /0\.bin cannot be read: unexpected end of file/)
})

it.for([
  ['with ZIP64', { extra: zip64Extra(2n ** 64n - 1n), offset: 0xffffffff }],
  ['without ZIP64', { offset: 0xfffffff0 }],
] as const)('fault 31: an entry offset beyond the file, %s, is refused', async ([, lie]) => {
  const entries = small()
  const zip = rawZip([manifestEntry(manifestOf(entries)), entries[0]!, { ...entries[1]!, ...lie }])
  await expectRefused(zip, /0\.bin cannot be read: .*ends too early or points beyond its end/)
})

it.for([
  ['table', { table: 2n ** 64n - 1n }], ['table', { table: 2n ** 40n }],
  ['record of its table', { record: 2n ** 64n - 1n }], ['record of its table', { record: 2n ** 53n }],
] as const)('fault 31: a %s outside the file is refused', async ([, zip64]) => {
  const zip = rawZip([manifestEntry(manifestOf(small())), ...small()], { zip64 })
  await expectRefusedAtOnce(zip, /ends too early or points beyond its end/)
})

it('fault 31: an entry with large extra fields or comments is refused', async () => {
  await expectRefusedAtOnce(withEntry({ comment: Buffer.alloc(60_000) }), /extra fields and comments\. Found 60000 bytes/)
  const extra = Buffer.concat([Buffer.from([1, 1, 0, 8]), Buffer.alloc(2048)])
  await expectRefusedAtOnce(withEntry({ extra }), /extra fields and comments\. Found 2052 bytes/)
})

it.for([first, `${folder}/run.json`])('fault 31: %s is refused if its bytes differ from the manifest', async (name) => {
  const entries = small()
  const changed = entries.map((entry) => {
    const content = Buffer.from(entry.content)
    content[content.length - 1]! ^= 1
    return entry.name === name ? { ...entry, content } : entry
  })
  const words = new RegExp(`${name} must have the SHA-256 [0-9a-f]{64} that the manifest lists\\. Found [0-9a-f]{64}\\.`)
  await expectRefused(rawZip([manifestEntry(manifestOf(entries)), ...changed]), words)
})

it('fault 31: an entry that the manifest does not list is refused', async () => {
  const more = { name: `${folder}/arrays/1.bin`, content: zeros(4) }
  const zip = rawZip([manifestEntry(manifestOf(small())), ...small(), more])
  await expectRefusedAtOnce(zip, /arrays\/1\.bin is not listed in the manifest/)
})

it('fault 31: a manifest that lists a missing entry is refused', async () => {
  const document = small()[0]!
  await expectRefusedAtOnce(rawZip([manifestEntry(manifestOf(small())), document]), /each entry .* once.* Found ".*0\.bin"/)
})

it('fault 31: a manifest that lists an entry twice is refused', async () => {
  const zip = withManifest((manifest) => ({ ...manifest, runs: [...manifest.runs, ...manifest.runs] }))
  await expectRefusedAtOnce(zip, /must list each entry of the archive once, and no other\. Found ".*run\.json"/)
})

it('fault 31: a size that differs from the manifest is refused', async () => {
  const zip = withManifest((manifest) => {
    manifest.runs[0]!.entries[1]!.bytes = 12
    return manifest
  })
  await expectRefusedAtOnce(zip, /0\.bin must have the 12 bytes that the manifest lists\. Found 16 bytes/)
})

it('fault 31: an entry in the folder of another run is refused', async () => {
  const entries = [...small(), ...entriesOf(run({ runId: '0run00002' }))]
  const manifest = manifestOf(entries)
  manifest.runs[0]!.entries.push(manifest.runs[1]!.entries.pop()!)
  const zip = rawZip([manifestEntry(manifest), ...entries])
  await expectRefusedAtOnce(zip, /must only list entries below runs\/0run00001 for run 0run00001/)
})

/** A crate with one table, and any changes to the list of its files. */
const withFiles = (edit: (file: Listed) => Partial<Listed>, content: Uint8Array = zeros(9)) => {
  const table = { name: 'tables/runs.csv', content }
  const listed = { name: table.name, bytes: table.content.length, sha256: sha256(zeros(9)) }
  const files = [{ ...listed, ...edit(listed) }]
  return rawZip([manifestEntry({ ...manifestOf(small()), files }), ...small(), table])
}
interface Listed { name: string; bytes: number; sha256: string }

it('reads a valid crate of these tests', async () => {
  expect(await readAll(temporaryFile(withFiles(() => ({}))))).toStrictEqual([run()])
})

it.for<[string, Uint8Array, RegExp]>([
  ['that is missing', withFiles(() => ({ name: 'tables/epochs.csv' })), /must list each entry of the archive once, and no other\. Found "tables\/epochs\.csv"/],
  ['with another size', withFiles(() => ({ bytes: 8 })), /tables\/runs\.csv must have the 8 bytes that the manifest lists\. Found 9 bytes/],
  ['of a run', withFiles(() => ({ name: `${folder}/run.json` })), /must list entries below runs for their run\. Found ".*run\.json"/],
])('fault 31: a file of a crate %s is refused', async ([, zip, words]) => {
  await expectRefusedAtOnce(zip, words)
})

it('fault 31: a table of a crate with other bytes is refused, after the runs', async () => {
  const runs: ArchivedRun[] = []
  const file = temporaryFile(withFiles(() => ({}), Buffer.alloc(9, 1)))
  const read = async () => { for await (const one of readArchive(file)) runs.push(one) }
  await expect(read()).rejects.toThrow(/tables\/runs\.csv must have the SHA-256/)
  expect(runs).toStrictEqual([run()])
})

it('fault 31: a run without a document is refused', async () => {
  await expectRefusedAtOnce(rawArchive(small().slice(1)), /must list runs\/0run00001\/run\.json for run 0run00001/)
})

it.for<[string, (manifest: Manifest) => unknown, RegExp]>([
  ['is not JSON', () => '{"format":', /manifest\.json must be a JSON document\./],
  ['is null', () => 'null', /manifest\.json must have the format "chalcogen-archive"/],
  ['has another format', (manifest) => ({ ...manifest, format: 'chalcogen-runs' }), /must have the format "chalcogen-archive"/],
  ['has a newer version', (manifest) => ({ ...manifest, version: 3, new: 1 }), /must have at most version 2\. Update the application\. Found version 3/],
  ['has no version', (manifest) => ({ ...manifest, version: '1' }), /version must .* Found "1"/],
  ['has an unknown name', (manifest) => ({ ...manifest, more: 1 }), /more is not a setting/],
  ['has a run id that is a path', ({ runs, ...rest }) => ({ ...rest, runs: [{ ...runs[0], runId: '../../evil' }] }), /runs\.0\.runId/],
  ['has an invalid hash', (manifest) => ({ ...manifest, runs: [{ runId: RUN_ID, entries: [{ name: first, bytes: 1, sha256: '' }] }] }), /sha256/],
  ['has a negative size', (manifest) => ({ ...manifest, runs: [{ runId: RUN_ID, entries: [{ name: first, bytes: -1, sha256: sha256(zeros(1)) }] }] }), /bytes must .* Found -1/],
  ['has a run without entries', () => ({ format: 'chalcogen-archive', version: 2, runs: [{ runId: RUN_ID, entries: [] }] }), /entries/],
])('fault 31: a manifest that %s is refused', async ([, edit, words]) => {
  await expectRefusedAtOnce(withManifest(edit), words)
})

it('fault 31: an archive without a manifest is refused', async () => {
  await expectRefusedAtOnce(rawZip(small()), /must be an archive of runs, which has the entry manifest\.json/)
})

it('fault 31: a compressed manifest is refused', async () => {
  const zip = rawZip([{ ...manifestEntry(manifestOf(small())), method: 8 }, ...small()])
  await expectRefusedAtOnce(zip, /manifest\.json must not be compressed/)
})

it('fault 31: a manifest with thousands of problems reports only a few', async () => {
  const names = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`${index}${'x'.repeat(500)}`, 1]))
  const file = temporaryFile(withManifest((manifest) => ({ ...manifest, ...names })))
  const error: unknown = await readAll(file).catch((thrown: unknown) => thrown)
  expect((error as BadInput).message.length).toBeLessThan(10_000)
})

it.for<[string, (document: Document) => unknown, RegExp]>([
  ['is not JSON', () => '{', /run\.json must be a JSON document\./],
  ['belongs to another run', (document) => ({ ...document, summary: { ...document.summary, runId: '0run00002' } }), /summary\.runId must be 0run00001\. Found 0run00002/],
  ['has no summary', ({ spec, environment, epochs, arrays }) => ({ spec, environment, epochs, arrays }), /run\.json: summary/],
  ['has an unknown status', (document) => ({ ...document, summary: { ...document.summary, status: 'lost' } }), /summary\.status must be .* Found "lost"/],
  ['has an invalid date', (document) => ({ ...document, summary: { ...document.summary, createdAt: 'yesterday' } }), /summary\.createdAt/],
  ['has epochs that are not a list', (document) => ({ ...document, epochs: {} }), /run\.json: epochs/],
  ['has text as a loss', (document) => ({ ...document, epochs: [{ ...epoch(), loss: 'small' }] }), /epochs\.0\.loss is not valid\. Found "small"/],
  ['has an epoch twice', (document) => ({ ...document, epochs: [epoch(), epoch({ epoch: 4 }), epoch({ epoch: 4 })] }), /epochs\.2\.epoch must be above 4\. Found 4/],
  ['has an epoch 0', (document) => ({ ...document, epochs: [epoch({ epoch: 0 })] }), /epochs\.0\.epoch must be above 0\. Found 0/],
  ['has epochs in the wrong order', (document) => ({ ...document, epochs: [epoch({ epoch: 2 }), epoch()] }), /epochs\.1\.epoch must be above 2\. Found 1/],
])('fault 31: a document that %s is refused', async ([, edit, words]) => {
  await expectRefused(withDocument(edit), words)
})

it.for<[string, (document: Document) => unknown, RegExp]>([
  ['has a spec outside its ranges', (document) => ({ ...document, spec: { ...document.spec, seed: -1 } }), /seed must be between 0 and 9007199254740991\. Found -1/],
  ['has NaN in its spec', (document) => ({ ...document, spec: { ...document.spec, learning: { ...document.spec.learning, rateInput: NaN } } }), /learning\.rateInput must be a number .* Found "NaN"/],
  ['has an unknown name in its spec', (document) => ({ ...document, spec: { ...document.spec, more: 1 } }), /more is not a setting of this version/],
  ['has no environment', (document) => ({ ...document, environment: null }), /environment of run 0run00001 cannot be read/],
  ['has a spec of a newer version', (document) => ({ ...document, spec: { ...document.spec, version: 99 } }), /made by a newer version/],
])('fault 43: a run that %s is read with everything else, and its texts stay for a newer version', async ([, edit, words]) => {
  const [one] = await readAll(temporaryFile(withDocument(edit)))
  expect(one).toMatchObject({ summary: { unreadable: expect.stringMatching(words) }, epochs: [{ epoch: 1 }], arrays: [{ name: 'input' }] })
  const { texts } = one as Extract<ArchivedRun, { texts: unknown }>
  expect(JSON.parse(texts.spec)).toMatchObject({ network: { recurrentNeurons: 100 } })
})

const withListed = (edit: Record<string, unknown>) =>
  withDocument((document) => ({ ...document, arrays: [{ ...document.arrays[0], ...edit }] }))

it.for<[string, Record<string, unknown>, RegExp]>([
  ['a shape with fewer elements', { shape: [3] }, /0\.bin must have 12 bytes for its shape\. Found 16 bytes/],
  ['a shape with more elements', { shape: [2, 2, 2] }, /0\.bin must have 32 bytes for its shape\. Found 16 bytes/],
  ['a huge shape', { shape: Array.from({ length: 8 }, () => 2 ** 52) }, /0\.bin must have 6\.7\d+e\+125 bytes for its shape\. Found 16 bytes/],
  ['a negative shape', { shape: [-2, -2] }, /arrays\.0\.shape\.0 must .* Found -2/],
  ['a shape of fractions', { shape: [1.5] }, /arrays\.0\.shape\.0 must .* Found 1\.5/],
  ['no shape', { shape: [] }, /arrays\.0\.shape/],
  ['a smaller codec', { codec: 'u16' }, /0\.bin must have 8 bytes for its shape\. Found 16 bytes/],
  ['an unknown codec', { codec: 'f64' }, /arrays\.0\.codec must be .* Found "f64"/],
  ['a codec named after a prototype member', { codec: 'constructor' }, /arrays\.0\.codec must be .* Found "constructor"/],
  ['a negative epoch', { epoch: -1 }, /arrays\.0\.epoch must .* Found -1/],
  ['no name', { name: '' }, /arrays\.0\.name/],
  ['a name that is too long', { name: 'x'.repeat(81) }, /arrays\.0\.name/],
  ['the entry of the document', { entry: `${folder}/run.json` }, /arrays\.0\.entry must be an entry of the run/],
  ['an entry outside the archive', { entry: '../../evil' }, /arrays\.0\.entry must be an entry of the run/],
])('fault 31: an array with %s is refused', async ([, edit, words]) => {
  await expectRefused(withListed(edit), words)
})

it('fault 31: a document that is not UTF-8 is refused', async () => {
  const [document, data] = small()
  const content = Buffer.from(document!.content)
  content[content.indexOf('a processor')] = 0xff
  await expectRefused(rawArchive([{ ...document!, content }, data!]), /run\.json must be a JSON document in UTF-8/)
})

it('fault 31: two arrays with the same entry or the same name are refused', async () => {
  const twice = (edit: Record<string, unknown>) =>
    withDocument((document) => ({ ...document, arrays: [document.arrays[0], { ...document.arrays[0], ...edit }] }))
  await expectRefused(twice({ name: 'other' }), /arrays\.1\.entry must be an entry of the run that no other array uses/)
  await expectRefused(twice({}), /arrays\.1 must .* Found .* twice/)
})

it('fault 31: an entry that is not an array of its run is refused', async () => {
  const zip = withDocument((document) => ({ ...document, arrays: [] }))
  await expectRefused(zip, /0\.bin is not listed as an array of its run/)
})

it('fault 31: runs before a damaged run can be read', async () => {
  const entries = [...small(), ...entriesOf(run({ runId: '0run00002' }))]
  const manifest = manifestEntry(manifestOf(entries))
  entries[3]!.content = zeros(16)
  const given: string[] = []
  const file = temporaryFile(rawZip([manifest, ...entries]))
  const reading = async () => {
    for await (const { summary } of readArchive(file)) given.push(summary.runId)
  }
  await expect(reading()).rejects.toThrow(BadInput)
  expect(given).toEqual([RUN_ID])
})

it('fault 31: an archive that is truncated anywhere is refused', async () => {
  const whole = rawArchive(small())
  await fc.assert(fc.asyncProperty(fc.nat({ max: whole.length - 1 }), async (length) => {
    await expectRefusedAtOnce(whole.subarray(0, length), /cannot be read|must/)
  }))
})

it('fault 31: bytes that are not an archive are refused', async () => {
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), (bytes) => expectRefusedAtOnce(bytes, /cannot|must/)))
})

it('fault 31: an archive with changed bytes is refused, or its runs are unchanged', async () => {
  const whole = rawArchive(small().map((entry) => ({ ...entry, method: 8 })))
  const change = fc.record({ at: fc.nat({ max: whole.length - 1 }), to: fc.nat({ max: 255 }) })
  await fc.assert(fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
    const changed = Buffer.from(whole)
    for (const { at, to } of changes) changed[at] = to
    const runs = await readAll(temporaryFile(changed)).catch((error: unknown) => error)
    if (!(runs instanceof BadInput)) expect(runs).toStrictEqual([run()])
  }), { numRuns: 500 })
})

it('fault 31: a missing file or a folder is refused', async () => {
  const place = temporaryFolder()
  mkdirSync(join(place, 'folder.zip'))
  await expect(readAll(join(place, 'none.zip'))).rejects.toThrow(/none\.zip does not exist\./)
  await expect(readAll(join(place, 'folder.zip'))).rejects.toThrow(/not a folder or a device/)
  for (const error of [readAll(join(place, 'none.zip')), inspectArchive(join(place, 'folder.zip'))]) {
    await expect(error).rejects.toThrow(BadInput)
  }
})

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

it.for(['manifest.json', 'run.json'])('fault 34: names of prototype members are refused in %s', async (where) => {
  for (const name of ['__proto__', 'constructor', '\\u005f_proto__']) {
    for (const value of ['{"polluted":true}', '1', '{"prototype":{"polluted":true}}']) {
      const text = (document: unknown) => JSON.stringify(document).replace('{', `{"${name}":${value},`)
      const deep = (document: unknown) => JSON.stringify(document).replace(/\[\{/, `[{"${name}":${value},`)
      for (const edit of [text, deep]) {
        const zip = where === 'manifest.json' ? withManifest(edit) : withDocument(edit)
        await expectRefused(zip, new RegExp(`${where} must not have the name (__proto__|constructor)`))
      }
    }
  }
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  expect(Object.keys(Object.prototype)).toEqual([])
})

it.for([33, 20_000, 2_000_000])('fault 34: JSON with %i levels is refused', async (levels) => {
  const tooMuch = /manifest\.json must have at most (32 levels|\d+ bytes|\d+ values)/
  await expectRefusedAtOnce(withManifest(() => nested(levels)), tooMuch)
  await expectRefused(withDocument(() => nested(levels)), /run\.json must have at most 32 levels\. Found \d+ levels/)
  const inside = withDocument((document) => JSON.stringify(document).replace('"seed":42', `"seed":${nested(levels)}`))
  await expectRefused(inside, /run\.json must have at most 32 levels\. Found \d+ levels/)
})

it('fault 34: JSON with more values than the limit is refused before it is parsed', async () => {
  const zip = withDocument((document) => ({ ...document, epochs: Array.from({ length: 1000 }, () => ({})) }))
  await expectRefused(zip, /run\.json must have at most 1999 values\. Found \d+ values/, { jsonValues: 1999 })
})

it.for<[what: string, edit: (document: Document) => unknown, words: RegExp]>([
  ['more epochs than its spec', (document) => ({ ...document, epochs: [1, 251].map((number) => epoch({ epoch: number })) }), /epochs\.1\.epoch must be at most 250/],
  ['a negative ledger', (document) => ({ ...document, epochs: [epoch({ ledger: { set: -1, reset: 0, refresh: 0, read: 0 } })] }), /ledger\.set must be at least 0/],
  ['a summary of another scheme', (document) => ({ ...document, summary: { ...document.summary, scheme: 'sign' } }), /summary\.scheme must be /],
  ['another seed', (document) => ({ ...document, summary: { ...document.summary, seed: 7 } }), /summary\.seed must be 42/],
  ['another loss than its epochs', (document) => ({ ...document, summary: { ...document.summary, loss: 0.001 } }), /summary\.loss must be 0\.5/],
  ['fewer pulses than its epochs', (document) => ({ ...document, summary: { ...document.summary, ledger: { set: 0, reset: 2, refresh: 1, read: 400 } } }), /summary\.ledger\.set must be 10/],
  ['more pattern losses than patterns', (document) => ({ ...document, epochs: [epoch({ patternLosses: [1, 2, 3, 4] })] }), /patternLosses must be at most 3/],
  ['a snapshot after its end', (document) => ({ ...document, arrays: document.arrays.map((one) => ({ ...one, epoch: 251 })) }), /arrays\.0\.epoch must be at most 250/],
])('a run with %s is refused', async ([, edit, words]) => { await expectRefused(withDocument(edit), words) })

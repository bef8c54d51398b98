const MiB = 2 ** 20
const GiB = 2 ** 30

/** Limits of an archive. */
export interface Caps {
  entries: number
  /** Unpacked size of one entry. */
  entryBytes: number
  /** Unpacked size of all entries of one run, which is entirely in memory when it is read. */
  runBytes: number
  /** Unpacked size of all entries. */
  totalBytes: number
  /** Unpacked bytes per packed byte. */
  ratio: number
  /** Size of one JSON document. */
  jsonBytes: number
  /** Number of values in one JSON document: numbers, strings, arrays and objects. */
  jsonValues: number
  /** Number of values in one array or object of a JSON document. */
  jsonEntries: number
}

/** What a manifest needs for each entry that it lists, with a name of at most 60 characters, a size and a hash. */
const MANIFEST_BYTES = 1000
const MANIFEST_VALUES = 10

/** Limits of the manifest of an archive with so many entries. It lists each of them once. */
export const manifestCaps = (caps: Caps, entries: number): Caps => ({
  ...caps,
  jsonBytes: Math.min(caps.jsonBytes, MANIFEST_BYTES * (entries + 1)),
  jsonValues: Math.min(caps.jsonValues, MANIFEST_VALUES * (entries + 1)),
})

/**
 * Default limits: wide enough for everything the application writes, and narrow enough to protect memory and disk.
 * - 100,000 entries: five hundred runs of two hundred arrays.
 * - 2 GiB per entry: the largest array of a run within its memory budget has 0.4 GiB.
 * - 4 GiB per run, which is also its limit during training: six snapshots of 4,000 neurons on devices, with all pulses.
 * - 64 GiB in total. More data needs several archives.
 * - 1,200 to 1: Deflate reaches at most 1,032 to 1, and pulse counts that are all 0 come close to it. A higher ratio in the
 *   directory must be false.
 * - 384 MiB of JSON, below the 512 MiB limit of a JavaScript string, and 24 million values, for which JSON.parse takes about
 *   1.5 GiB at most. The longest run, a million epochs of eight patterns, has 350 MiB and 20 million values.
 * - A million values in one array: the epochs of that run, or the samples of a signal.
 */
export const defaultCaps: Caps = {
  entries: 100_000,
  entryBytes: 2 * GiB,
  runBytes: 4 * GiB,
  totalBytes: 64 * GiB,
  ratio: 1200,
  jsonBytes: 384 * MiB,
  jsonValues: 24_000_000,
  jsonEntries: 1_000_000,
}

const MiB = 2 ** 20
const GiB = 2 ** 30

/** The most that an archive may hold. */
export interface Caps {
  entries: number
  /** Of one entry, unpacked. */
  entryBytes: number
  /** Of all entries of one run, unpacked: a run is in memory as a whole when it is given. */
  runBytes: number
  /** Of all entries, unpacked. */
  totalBytes: number
  /** Unpacked bytes for each packed one. */
  ratio: number
  /** Of one JSON document. */
  jsonBytes: number
  /** Numbers, texts, lists and groups in one JSON document. */
  jsonValues: number
}

/**
 * Wide enough for whatever the application makes, narrow enough that no file can fill memory or disk by surprise.
 * - 100,000 entries: five hundred runs of two hundred arrays.
 * - 2 GiB an entry: the largest array that a run within its memory budget can keep has 0.4 GiB.
 * - 4 GiB a run, what it may use while it is trained: six snapshots of 4,000 neurons on devices, with all their pulses.
 * - 64 GiB in all, a disk's worth of work; more goes into several archives.
 * - 1,200 to 1: Deflate cannot do better than 1,032 to 1, which pulse counts that are all 0 come close to. A table that says
 *   more lies.
 * - 384 MiB of JSON, below the 512 MiB that a JavaScript text may have, and 24 million values, for which JSON.parse takes at
 *   most some 1.5 GiB: the longest run, a million epochs, of eight patterns has 350 MiB and 20 million.
 */
export const defaultCaps: Caps = {
  entries: 100_000,
  entryBytes: 2 * GiB,
  runBytes: 4 * GiB,
  totalBytes: 64 * GiB,
  ratio: 1200,
  jsonBytes: 384 * MiB,
  jsonValues: 24_000_000,
}

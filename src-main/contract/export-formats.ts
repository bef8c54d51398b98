/** Sums over the runs of an export that the library knows without reading their arrays. */
export interface ExportSums {
  runs: number
  epochs: number
  /** Losses of patterns: the patterns of every epoch. */
  patterns: number
  specBytes: number
  arrays: number
  /** Size of arrays of real numbers before packing. */
  realBytes: number
  /** Packed size of arrays of real numbers, and of all others, such as spikes and counts. */
  storedRealBytes: number
  storedCountBytes: number
  /** Weights of each run's last snapshot. */
  weights: number
}

/** Bytes that a format needs for all runs together (`file`), and for one of each quantity. */
export type ExportSize = Partial<Record<keyof ExportSums | 'file', number>>

/**
 * Formats in which runs are exported, in the order of menus. `phrase` follows "Export as".
 * The sizes are a fit to measured exports of 1 to 500 runs with and without snapshots, which it meets to within a factor of 1.6
 * (test/integration/app/export-sizes.test.ts).
 */
export const exportFormats = [
  {
    format: 'csv', title: 'CSV (tables)', phrase: 'CSV tables',
    size: { file: 5700, runs: 3450, epochs: 126, patterns: 137 },
  },
  {
    format: 'parquet', title: 'Parquet (tables and arrays)', phrase: 'Parquet',
    size: { file: 26_000, runs: 107, epochs: 35, storedRealBytes: 1.1, storedCountBytes: 0.2 },
  },
  {
    format: 'npz', title: 'NPZ (tables and arrays for NumPy)', phrase: 'NPZ for NumPy',
    size: { file: 36_000, runs: 270, patterns: 20, arrays: 292, realBytes: 1, storedCountBytes: 1.4 },
  },
  {
    format: 'hdf5', title: 'HDF5 (tables and arrays)', phrase: 'HDF5',
    size: { file: 350_000, runs: 1320, patterns: 4, arrays: 3950, storedRealBytes: 1.2, storedCountBytes: 2 },
  },
  {
    format: 'json', title: 'JSON (specs and epochs)', phrase: 'JSON',
    size: { file: 200, runs: 990, epochs: 532, patterns: 69, arrays: 363, specBytes: 1.7 },
  },
  { format: 'nir', title: 'NIR (exact network)', phrase: 'NIR (exact network)', size: { runs: 22_000, weights: 8.1 } },
  {
    format: 'nir-lif', title: 'NIR with LIF nodes (for simulators)', phrase: 'NIR with LIF nodes (for simulators)',
    size: { runs: 20_400, weights: 4.1 },
  },
  {
    format: 'crate', title: 'RO-Crate (for a repository and another library)', phrase: 'an RO-Crate (for a repository)',
    size: { runs: 2060, epochs: 28, arrays: 302, storedRealBytes: 1.2, storedCountBytes: 1.2 },
  },
  {
    format: 'archive', title: 'Archive (for another library)', phrase: 'an archive (for another library)',
    size: { runs: 2060, epochs: 28, arrays: 302, storedRealBytes: 1.2, storedCountBytes: 1.2 },
  },
] as const satisfies readonly { format: string; title: string; phrase: string; size: ExportSize }[]

export type ExportFormat = (typeof exportFormats)[number]['format']

/** Estimated size of an export in each format, bytes. */
export type ExportSizes = Record<ExportFormat, number>

export const exportSizesOf = (sums: ExportSums): ExportSizes =>
  Object.fromEntries(exportFormats.map(({ format, size }) => [format, sizeOf(size, sums)])) as ExportSizes

function sizeOf({ file = 0, ...each }: ExportSize, sums: ExportSums): number {
  const parts = (Object.entries(each) as [keyof ExportSums, number][]).map(([quantity, bytes]) => bytes * sums[quantity])
  return Math.round(parts.reduce((sum, bytes) => sum + bytes, file))
}

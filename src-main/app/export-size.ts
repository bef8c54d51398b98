import { formatBytes, formatRoughBytes } from '../../src-engine/format/sizes.ts'

/** Say that an export probably does not fit. Null if it does, or if the free space is unknown. */
export function exportShortage(estimated: number, free: number | null, folder: string): string | null {
  if (free === null || estimated <= free) return null
  return `The export needs ${formatRoughBytes(estimated)}, but only ${formatBytes(free)} are free in ${folder}.`
}

/** 'The files will be about 12 MB.' */
export const exportSizeText = (estimated: number): string => `The files will be ${formatRoughBytes(estimated)}.`

import type { Encoding } from '../experiment/tasks/layout.ts'
import { counted } from '../format/words.ts'
import { type Refusal, refused } from './refused.ts'

export type Decoded = { ok: true; text: string; encoding: Encoding; why: string } | Refusal

/** Files that are no text, by their first bytes, and what to do with each. */
const otherFiles: readonly { starts: readonly number[]; is: string; advice: string }[] = [
  { starts: [0x50, 0x4b, 0x03, 0x04], is: 'a ZIP archive, as Excel (.xlsx) and LibreOffice (.ods) write', advice: 'Save the sheet as CSV' },
  { starts: [0xd0, 0xcf, 0x11, 0xe0], is: 'an old Office document, as Excel (.xls) writes', advice: 'Save the sheet as CSV' },
  { starts: [0x89, 0x48, 0x44, 0x46], is: 'an HDF5 file', advice: 'Save the data set as NPY or CSV' },
  { starts: [0x43, 0x44, 0x46], is: 'a netCDF file', advice: 'Save the variable as NPY or CSV' },
  { starts: [0x54, 0x44, 0x53, 0x6d], is: 'a TDMS file of LabVIEW', advice: 'Export it as text' },
  { starts: [0x52, 0x49, 0x46, 0x46], is: 'a RIFF file, such as a WAV recording', advice: 'Save the samples as NPY or CSV' },
  { starts: [0x25, 0x50, 0x44, 0x46], is: 'a PDF document', advice: 'Choose the file with the numbers' },
  { starts: [0x1f, 0x8b], is: 'compressed with gzip', advice: 'Unpack it' },
  { starts: [0x4d, 0x41, 0x54, 0x4c, 0x41, 0x42, 0x20, 0x35], is: 'a MAT file of MATLAB', advice: 'Save the variable with writematrix as CSV' },
  { starts: [0x50, 0x41, 0x52, 0x31], is: 'a Parquet file', advice: 'Save the table as CSV' },
  { starts: [0x80, 0x04, 0x95], is: 'a pickle of Python', advice: 'Save the array with numpy.save' },
]

/**
 * The text of a file, in the wanted encoding or in the one that its bytes show. The byte order mark is not part of the text.
 * @param isHead the bytes are the beginning of a longer file: a character that they cut is left out
 */
export function decodeText(bytes: Uint8Array, wanted?: Encoding, isHead = false): Decoded {
  const other = otherFiles.find(({ starts }) => starts.every((byte, index) => bytes[index] === byte))
  if (other) return refused('', `must be a text, NPY or NPZ file. ${other.advice}`, other.is)
  const { encoding, why } = wanted ? { encoding: wanted, why: 'chosen' } : guessEncoding(bytes, isHead)
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: isHead })
    if (text.includes('\0')) return refused('', 'must be a text, NPY or NPZ file', 'binary data, with bytes of 0')
    return { ok: true, text, encoding, why }
  } catch {
    return refused('Encoding', `must be the one of the file. Its bytes are no text in ${encoding}`)
  }
}

function guessEncoding(bytes: Uint8Array, isHead: boolean): { encoding: Encoding; why: string } {
  const marked = markOf(bytes)
  if (marked) return { encoding: marked, why: 'byte order mark' }
  const wide = wideWithoutMark(bytes)
  if (wide) return { encoding: wide, why: 'every other byte is 0' }
  if (isValid('utf-8', bytes, isHead)) return { encoding: 'utf-8', why: 'all bytes are valid' }
  const words = japaneseWords(bytes)
  if (words > 0 && isValid('shift_jis', bytes, isHead)) {
    return { encoding: 'shift_jis', why: `the bytes are not UTF-8, and ${counted(words, 'pair')} of them make Japanese words` }
  }
  return { encoding: 'windows-1252', why: 'the bytes are not UTF-8' }
}

/** Bytes that are looked at to find Shift JIS. */
const JAPANESE_SAMPLE = 2 ** 16

/**
 * Pairs of bytes that stand beside others and are usual characters of Shift JIS: kana and the first level of kanji. In Western texts
 * their first bytes are quotes and dashes, which rarely stand in a row. 0 if more pairs stand alone than together.
 */
function japaneseWords(bytes: Uint8Array): number {
  const sample = bytes.subarray(0, JAPANESE_SAMPLE)
  let [together, alone, run] = [0, 0, 0]
  const endRun = () => {
    if (run > 1) together += run
    else alone += run
    run = 0
  }
  for (let at = 0; at < sample.length; at++) {
    const [first, second = 0] = [sample[at]!, sample[at + 1]]
    const isUsual = first >= 0x81 && first <= 0x9f && second >= 0x40 && second <= 0xfc && second !== 0x7f
    if (isUsual) run++
    else endRun()
    const isPair = isUsual || first >= 0xe0
    if (isPair) at++
  }
  endRun()
  return together > alone ? together : 0
}

function markOf([a, b, c]: Uint8Array): Encoding | null {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  return a === 0xfe && b === 0xff ? 'utf-16be' : null
}

/** Bytes that are looked at to find UTF-16 without a mark. */
const WIDE_SAMPLE = 2000

/** Latin letters and digits in UTF-16 have a byte of 0 each. */
function wideWithoutMark(bytes: Uint8Array): Encoding | null {
  if (bytes.length < 4 || bytes.length % 2 !== 0) return null
  const sample = bytes.subarray(0, WIDE_SAMPLE)
  const zeros = [0, 0]
  sample.forEach((byte, index) => { if (byte === 0) zeros[index % 2]! += 1 })
  const most = 0.8 * (sample.length / 2)
  if (zeros[1]! > most && zeros[0] === 0) return 'utf-16le'
  return zeros[0]! > most && zeros[1] === 0 ? 'utf-16be' : null
}

/** Decodes in pieces, so that no second text of the whole file is kept. */
function isValid(encoding: Encoding, bytes: Uint8Array, isHead: boolean): boolean {
  const decoder = new TextDecoder(encoding, { fatal: true })
  try {
    for (let from = 0; from < bytes.length; from += PIECE) decoder.decode(bytes.subarray(from, from + PIECE), { stream: true })
    if (!isHead) decoder.decode()
    return true
  } catch {
    return false
  }
}

const PIECE = 2 ** 16

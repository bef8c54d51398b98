import { escapedCode, hiddenCharacters, oneLine } from './hidden-characters.ts'
import { lowered } from './read-number.ts'

/** Where a text of a user goes: XML is SVG and HTML, and `source` a quoted string of JSON or Python. */
export type TextForm = 'terminal' | 'csv' | 'markdown' | 'latex' | 'xml' | 'source'

/**
 * A text of a user as one line of a file or a terminal. It shows every character that would move, hide or recolour others, and has none
 * that the form would take for markup, a command or a formula.
 */
export const writtenText = (text: string, form: TextForm): string => writers[form](text)

const writers: Readonly<Record<TextForm, (text: string) => string>> = {
  terminal: oneLine,
  csv: (text) => quotedCell(withMarks(oneLine(text))),
  markdown: (text) => spaced(text).replace(/[\\`*_[\]<>|#~&]/g, '\\$&'),
  latex: (text) => spaced(text).replace(/[\\~^<>|&%$#_{}]|[⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|[^\x20-\x7e]/g, (found) =>
    (/^[⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹]/.test(found) ? `$^{${superscript(found)}}$` : commands[found] ?? found)),
  xml: (text) => spaced(text).toWellFormed().replace(/[&<>"\ufffe\uffff]/g, (found) => entities[found]!),
  source: (text) => JSON.stringify(text).replace(hiddenCharacters(), escapedCode),
}

/** Text without line breaks and tabs, which are only space in the form. Other hidden characters are shown. */
const spaced = (text: string) => oneLine(text.replace(/[\t\n\v\f\r ]+/g, ' '))

/** A line of CSV (RFC 4180). Numbers read back to the same bits; null is an empty cell. */
export const csvLine = (cells: readonly (string | number | null)[]): string => `${cells.map(csvCell).join(',')}\r\n`

function csvCell(value: string | number | null): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  return value === null ? '' : writtenText(value, 'csv')
}

/** Quotes are needed where any program that splits at commas, semicolons, bars or tabs could see more than one cell. */
const quotedCell = (text: string) => (/[",;|]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Some spreadsheets accept full-width signs. */
const SIGNS = new Set('=+-@＝＋－＠')
/** What separates cells where a comma does not. After a comma, the quotes around the cell protect. */
const SEPARATORS = new Set(';|')

/**
 * The text with an apostrophe before each part that a spreadsheet would take for a formula: at the start and after any separator. White
 * space and quotes before the sign change nothing.
 */
function withMarks(text: string): string {
  let marked = ''
  let start = 0
  let isLeading = true
  for (let index = 0; index < text.length; index++) {
    const character = text[index]!
    if (SEPARATORS.has(character)) {
      marked += text.slice(start, index + 1)
      start = index + 1
      isLeading = true
    } else if (isLeading && SIGNS.has(character)) {
      marked += "'"
      isLeading = false
    } else if (!/[\s"]/.test(character)) isLeading = false
  }
  return marked + text.slice(start)
}

const commands: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}', '~': '\\textasciitilde{}', '^': '\\textasciicircum{}', '<': '$<$', '>': '$>$', '|': '$|$',
  '&': '\\&', '%': '\\%', '$': '\\$', '#': '\\#', '_': '\\_', '{': '\\{', '}': '\\}',
  'α': '$\\alpha$', 'β': '$\\beta$', 'γ': '$\\gamma$', 'δ': '$\\delta$', 'Δ': '$\\Delta$', 'ε': '$\\varepsilon$', 'η': '$\\eta$',
  'θ': '$\\theta$', 'κ': '$\\kappa$', 'µ': '$\\mu$', 'μ': '$\\mu$', 'ν': '$\\nu$', 'σ': '$\\sigma$', 'Σ': '$\\Sigma$',
  'τ': '$\\tau$', 'χ': '$\\chi$', 'ψ': '$\\psi$', '±': '$\\pm$', '×': '$\\times$', '·': '$\\cdot$', '−': '$-$', '≤': '$\\le$',
  '≥': '$\\ge$', '→': '$\\to$', '∞': '$\\infty$', '–': '--', '—': '---',
  '…': '\\ldots{}', '\u2009': '\\,', '\u202f': '\\,', '\u00a0': '~',
}

const superscript = (text: string) => text.replaceAll('⁺', '+').split('+').map(lowered).join('+')

/** Entities of XML, whose attributes are in double quotes. What it cannot hold becomes the replacement character. */
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\ufffe': '\ufffd', '\uffff': '\ufffd',
}

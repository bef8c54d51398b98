import * as z from 'zod'
import { optionalChoice, rowNumber } from '../quantity.ts'

export const encodings = {
  'utf-8': { title: 'UTF-8', meaning: 'Usual today, with or without a byte order mark' },
  'utf-16le': { title: 'UTF-16 LE', meaning: '"Unicode text" of Excel and of many instruments' },
  'utf-16be': { title: 'UTF-16 BE', meaning: 'Rare' },
  'windows-1252': { title: 'Windows-1252', meaning: 'Western European, contains Latin-1' },
  'shift_jis': { title: 'Shift JIS', meaning: 'Japanese' },
} as const

export const delimiters = {
  comma: { title: 'Comma', meaning: 'a,b' },
  semicolon: { title: 'Semicolon', meaning: 'a;b' },
  tab: { title: 'Tab', meaning: 'One tab between two cells' },
  bar: { title: 'Bar', meaning: 'a|b' },
  spaces: { title: 'Spaces', meaning: 'Any number of spaces and tabs' },
  none: { title: 'None', meaning: 'One column' },
} as const

export const decimalSigns = {
  point: { title: 'Point', meaning: '1.5' },
  comma: { title: 'Comma', meaning: '1,5' },
} as const

export const thousandsSigns = {
  none: { title: 'None', meaning: '12345' },
  comma: { title: 'Comma', meaning: '12,345' },
  point: { title: 'Point', meaning: '12.345' },
  space: { title: 'Space', meaning: '12 345' },
  apostrophe: { title: 'Apostrophe', meaning: '12\'345' },
} as const

/** How the text of a signal file is read. What is absent is guessed when the file is read, and then kept here. */
export const layoutSchema = z.strictObject({
  encoding: optionalChoice(encodings, { title: 'Encoding', help: 'How bytes stand for characters.', advanced: true }),
  delimiter: optionalChoice(delimiters, { title: 'Delimiter', help: 'What separates the cells of a row.', advanced: true }),
  decimal: optionalChoice(decimalSigns, { title: 'Decimal sign', help: 'What separates whole numbers from their fraction.', advanced: true }),
  thousands: optionalChoice(thousandsSigns, { title: 'Thousands sign', help: 'What groups the digits of large numbers.', advanced: true }),
  header: rowNumber({ title: 'Row of names', help: 'Row with the names of the columns, counted from 1. 0 = none.', advanced: true }),
  units: rowNumber({ title: 'Row of units', help: 'Row with the units of the columns, counted from 1. 0 = none.', advanced: true }),
  from: rowNumber({ title: 'First row', help: 'First row of numbers, counted from 1.', advanced: true, min: 1 }),
  to: rowNumber({ title: 'Last row', help: 'Last row of numbers, counted from 1. 0 = to the end of the file.', advanced: true }),
  transpose: z.boolean().optional().meta({ title: 'Transposed', help: 'Rows of an NPY array are the columns.', advanced: true }),
}).meta({ title: 'Layout of the file', help: 'How the file is read. What is not set is guessed, printed and kept with the run.' })

export type LayoutSpec = z.output<typeof layoutSchema>
export type Encoding = keyof typeof encodings
export type Delimiter = keyof typeof delimiters
export type DecimalSign = keyof typeof decimalSigns
export type ThousandsSign = keyof typeof thousandsSigns

/** How a text is read, complete. */
export type TextLayout = Required<Omit<LayoutSpec, 'transpose' | 'encoding'>>

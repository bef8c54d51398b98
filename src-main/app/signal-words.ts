import {
  decimalSigns, delimiters, encodings, layoutSchema, thousandsSigns,
} from '../../src-engine/experiment/tasks/layout.ts'

const options: Readonly<Record<string, Readonly<Record<string, { title: string }>>>> =
  { encoding: encodings, delimiter: delimiters, decimal: decimalSigns, thousands: thousandsSigns, transpose: { true: { title: 'on' }, false: { title: 'off' } } }

/** Sentences on a signal file as the window says them: with the titles of its fields in place of settings of a document. */
export const inWindowWords = (sentence: string): string => sentence
  .replace(/layout\.(\w{1,20})=([\w-]{1,20})/g, (_, name: string, value: string) => `${titleOf(name)} ${optionOf(name, value)}`)
  .replace(' Choose with task.column.', '')

const lower = (title: string) => `${title[0]!.toLowerCase()}${title.slice(1)}`

type Described = { meta(): { title?: string } | undefined } | undefined

const titleOf = (name: string) => lower((layoutSchema.shape as Record<string, Described>)[name]?.meta()?.title ?? name)

const optionOf = (name: string, value: string) => {
  const title = options[name]?.[value]?.title
  return title === undefined ? value : name === 'encoding' ? title : lower(title)
}

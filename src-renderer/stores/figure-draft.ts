import * as z from 'zod'
import {
  type FigureDocument, type FigureDocumentInput, figureDocumentSchema, type FigureStyle, type PanelDocument,
} from '../../src-engine/charts/figure-document.ts'
import { seriesLooks } from '../../src-engine/charts/styled.ts'
import type { SchemaNode } from '../../src-engine/experiment/schema-walk.ts'
import type { Dash, Marker } from '../../src-engine/figure/figure.ts'
import type { DrawnFigure } from '../bridge/bridge.ts'

export type PanelInput = FigureDocumentInput['panels'][number]
type DrawnPanel = DrawnFigure['panels'][number]

/** A series as the figure draws it, and what the figure changes of it. */
export interface SeriesRow {
  series: string
  chosen: PanelDocument['series'][number]
  colour: string
  /** Null if it is not a line. */
  dash: Dash | null
  /** Null if it has neither a line nor points. */
  marker: Marker | 'none' | null
  /** Whether it can be without a marker. */
  isLine: boolean
}

/** The JSON schema of a figure, from which its form is made. */
export const figureSchemaNode = (): SchemaNode => z.toJSONSchema(figureDocumentSchema, { io: 'input' }) as SchemaNode

export const newFigure = (name: string, panel: PanelInput): FigureDocument =>
  figureDocumentSchema.parse({ version: 1, name, panels: [panel] })

export const completePanel = (panel: PanelInput): PanelDocument => newFigure('', panel).panels[0]!

/** A copy with `value` at a path such as `panels.0.x.from`; undefined removes the entry. */
export function withPart<Node>(node: Node, path: string, value: unknown): Node {
  const [key = '', ...rest] = path.split('.')
  const part = rest.length === 0 ? value : withPart((node as Record<string, unknown>)[key] ?? {}, rest.join('.'), value)
  if (Array.isArray(node)) return node.with(Number(key), part) as Node
  const others = Object.entries(node as object).filter(([name]) => name !== key)
  return Object.fromEntries(part === undefined ? others : [...others, [key, part]]) as Node
}

/** A copy in which an item has moved by `by` places. An item at an end stays. */
export function moved<Item>(items: readonly Item[], index: number, by: 1 | -1): Item[] {
  const to = index + by
  if (to < 0 || to >= items.length) return [...items]
  return items.with(index, items[to]!).with(to, items[index]!)
}

/** Whether the library takes two names for the same: SQLite ignores the case of ASCII letters alone. */
export const isSameName = (a: string, b: string) => lowered(a) === lowered(b)
const lowered = (name: string) => name.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

const LONGEST_NAME = 200

/** The name, with a number if it is taken: 'Loss 2'. */
export function freeName(wanted: string, taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const end = number === 1 ? '' : ` ${number}`
    const name = wanted.slice(0, LONGEST_NAME - end.length) + end
    if (!taken.some((other) => isSameName(other, name))) return name
  }
}

/** What a panel draws. Panels that differ only in looks have the same source. */
export function sourceOf(panel: PanelDocument): string {
  const { chart, sweep, comparison, view, snapshot, pattern, metric, layer, hasDensities, quantity, pair, synapse, base } = panel
  const runs = panel.runs.map(({ run }) => run)
  const shown = [comparison, view, snapshot, pattern, metric, layer, hasDensities, quantity, pair, synapse, base]
  return JSON.stringify([chart, runs, sweep, ...shown])
}

/** All series of a drawn panel, in the order of the key. */
export function seriesOf(panel: PanelDocument, { series }: DrawnPanel, style: FigureStyle): SeriesRow[] {
  const looks = seriesLooks(series.map(({ name, colour }) => ({ text: name, colour })), panel, style)
  return [...looks].map(([name, look]) => {
    const { dash = null, marker = null } = series.find((one) => one.name === name) ?? {}
    const hasMarker = dash !== null || marker !== null
    const chosen = panel.series.find((one) => one.series === name) ?? { series: name, isHidden: false }
    return {
      series: name, chosen, colour: look.colour ?? look.before, dash: dash && (look.dash ?? dash),
      marker: hasMarker ? look.marker ?? marker ?? 'none' : null, isLine: dash !== null && marker === null,
    }
  })
}

/** Keeps what a panel says about series that its chart does not have now, such as those of a deleted run. */
export function withSeries(panel: PanelDocument, rows: readonly SeriesRow[]): PanelDocument['series'] {
  const listed = new Set(rows.map(({ series }) => series))
  return [...rows.map(({ chosen }) => chosen), ...panel.series.filter(({ series }) => !listed.has(series))]
}

/** The document with the results of its runs as they are now. @param digestOf undefined for a run that is not in the library */
export function withDigests(document: FigureDocument, digestOf: (run: string) => string | null | undefined): FigureDocument {
  const now = ({ run, digest }: PanelDocument['runs'][number]) => {
    const current = digestOf(run)
    return { run, digest: current === undefined ? digest : current }
  }
  return { ...document, panels: document.panels.map((panel) => ({ ...panel, runs: panel.runs.map(now) })) }
}

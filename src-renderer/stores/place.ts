import * as z from 'zod'
import { changedFromDefault, type ComparisonView, comparisonViewSchema } from '../../src-engine/charts/comparison-view.ts'
import { quantityIds } from '../../src-engine/analysis/quantities.ts'
import { layerNames } from '../../src-engine/experiment/layers.ts'
import { oneOf } from '../../src-engine/experiment/problem.ts'
import { queryNameSchema, shelfSchema } from '../bridge/bridge.ts'
import type { Place } from './address.ts'
import { useComparison } from './comparison.ts'
import { useFigures } from './figures.ts'
import { type Screen, useNavigation } from './navigation.ts'
import { useRuns } from './runs.ts'
import { useSettings } from './settings.ts'
import { type Base, LIVE, runViews, type SnapshotChoice, useSnapshotChoice } from './snapshot-choice.ts'
import { useSweeps } from './sweeps.ts'
import { useTable } from './table.ts'

/** One thing that the address of a screen says. */
interface Part {
  /** Null if there is nothing to say. */
  read(): string | null
  /** What to do to show it. @throws Error with a text for the user, if it cannot be shown */
  prepare(text: string): Promise<() => void>
}

const texts = { decode: (text: string): unknown => text, encode: String }
const lists = { decode: (text: string): unknown => text.split(',').filter(Boolean), encode: (list: string[]) => list.join() }

/** What differs from the defaults, as JSON. */
const comparisons = {
  decode: (text: string): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      return text
    }
  },
  encode: (view: ComparisonView) => JSON.stringify(changedFromDefault(view)),
}

/** @param get null if there is nothing to say */
function part<Value>(
  schema: z.ZodType<Value>, how: { decode(text: string): unknown; encode(value: Value): string },
  get: () => Value | null, set: (value: Value) => void,
): Part {
  return {
    read: () => {
      const value = get()
      return value === null ? null : how.encode(value)
    },
    prepare: async (text) => {
      const value = await schema.parseAsync(how.decode(text))
      return () => set(value)
    },
  }
}

/** Whether replicates of one spec are one row. */
const replicatesSchema = z.enum(['together', 'apart'])

const sortSchema = z.strictObject({ column: queryNameSchema, descending: z.boolean() })
const sorts = {
  decode: (text: string): unknown => ({ column: text.replace(/^-/, ''), descending: text.startsWith('-') }),
  encode: ({ column, descending }: z.output<typeof sortSchema>) => `${descending ? '-' : ''}${column}`,
}

/** What the address of each screen says, by the name of the part. A screen that shows more adds it here. */
function partsOf(screen: Screen): Readonly<Record<string, Part>> {
  const navigation = useNavigation()
  const settings = useSettings()
  const table = useTable()
  const existing = z.string().refine(async (id) => (await useRuns().read([id])).length === 1, { error: ({ input }) => `The run ${input} is not in this library.` })
  const parts: Record<Screen, Record<string, Part>> = {
    library: {
      filter: part(z.string(), texts, () => navigation.filter, (filter) => { navigation.filter = filter }),
      shelf: part(shelfSchema, texts, () => navigation.shelf, (shelf) => { navigation.shelf = shelf }),
      columns: part(z.array(queryNameSchema).min(1).max(60), lists, () => [...table.names], table.choose),
      group: part(z.array(queryNameSchema).max(10), lists, () => [...table.groupBy], (names) => { table.groupBy = names }),
      replicates: part(replicatesSchema, texts, () => (table.replicates ? 'together' : 'apart'), (place) => {
        table.replicates = place === 'together'
      }),
      sort: part(sortSchema, sorts, () => settings.sort, (sort) => { settings.sort = sort }),
    },
    design: {},
    queue: {
      sweep: part(
        z.string().refine((id) => useSweeps().byId.has(id), { error: ({ input }) => `The sweep ${input} is not in this library.` }),
        texts, () => navigation.sweepId, navigation.openSweep,
      ),
    },
    run: {
      run: part(existing, texts, () => navigation.runId, navigation.openRun),
      ...snapshotParts(existing),
      charts: part(z.array(z.string().max(40)).max(40), lists, () => settings.charts.slice(), (charts) => {
        settings.charts = charts
      }),
    },
    compare: {
      runs: part(z.array(existing), lists, () => [...navigation.ticked], (runIds) => {
        navigation.untickAll()
        navigation.tick(runIds)
      }),
      view: part(comparisonViewSchema, comparisons, () => useComparison().view, (view) => useComparison().change(view)),
    },
    figures: { figure: part(z.string(), texts, () => useFigures().savedAs, openFigure) },
    settings: {},
  }
  return parts[screen]
}

const wholeNumber = z.int().min(0).max(1_000_000)
const numbers = { decode: (text: string): unknown => (/^\d+$/.test(text) ? Number(text) : text), encode: String }
const synapseSchema = z.strictObject({ post: wholeNumber, pre: wholeNumber })
const synapses = {
  decode: (text: string): unknown => {
    const [, post, pre] = /^(\d+),(\d+)$/.exec(text) ?? []
    return post === undefined ? text : { post: Number(post), pre: Number(pre) }
  },
  encode: ({ post, pre }: z.output<typeof synapseSchema>) => `${post},${pre}`,
}
/** 'previous', 'first', 'epoch:50' or 'run:ID' */
const bases = {
  decode: (text: string): unknown => {
    const [, kind, value = ''] = /^(epoch|run):(.+)$/.exec(text) ?? []
    if (kind === undefined) return { kind: text }
    return kind === 'run' ? { kind, runId: value } : { kind, epoch: numbers.decode(value) }
  },
  encode: (base: Base) => (base.kind === 'epoch' ? `epoch:${base.epoch}` : base.kind === 'run' ? `run:${base.runId}` : base.kind),
}

/** The slider of a run and what its snapshots show. The latter is said only while they are shown. */
function snapshotParts(existing: z.ZodType<string>): Record<string, Part> {
  const choice = useSnapshotChoice()
  const baseSchema = z.union([
    z.strictObject({ kind: z.enum(['previous', 'first']) }), z.strictObject({ kind: z.literal('epoch'), epoch: wholeNumber }),
    z.strictObject({ kind: z.literal('run'), runId: existing }),
  ])
  const shown = <Value>(value: () => Value) => () => (choice.view === 'snapshots' ? value() : null)
  /** Choices belong to the open run. */
  const change = (some: Partial<SnapshotChoice>) => {
    choice.keepFor(useNavigation().runId ?? '')
    choice.$patch(some)
  }
  return {
    show: part(z.enum(runViews), texts, () => choice.view, (view) => change({ view })),
    epoch: part(wholeNumber, numbers, () => (choice.epoch === LIVE ? null : choice.epoch), (epoch) => change({ epoch })),
    layer: part(z.enum(layerNames), texts, shown(() => choice.layer), (layer) => change({ layer })),
    quantity: part(z.enum(quantityIds), texts, shown(() => choice.quantity), (quantity) => change({ quantity })),
    pair: part(wholeNumber, numbers, shown(() => choice.pair), (pair) => change({ pair })),
    synapse: part(synapseSchema, synapses, shown(() => choice.synapse), (synapse) => change({ synapse })),
    base: part(baseSchema, bases, shown(() => choice.base), (base) => change({ base })),
  }
}

function openFigure(name: string): void {
  const figures = useFigures()
  const figure = figures.kept.find((kept) => kept.name === name)
  if (figure) figures.open(figure)
}

/** What the open screen shows. */
export function presentPlace(): Place {
  const { screen } = useNavigation()
  const read = Object.entries(partsOf(screen)).flatMap(([name, { read }]) => {
    const text = read()
    return text === null ? [] : [[name, text] as const]
  })
  return { screen, parts: Object.fromEntries(read) }
}

/** Open a screen and show what the address says, or change nothing. @throws Error with a text for the user */
export async function showPlace({ screen, parts }: Place): Promise<void> {
  const known = partsOf(screen)
  const steps = await Promise.all(Object.entries(parts).map(async ([name, text]) => {
    const part = Object.hasOwn(known, name) ? known[name]! : null
    if (part === null) throw new Error(unknownPart(name, screen, Object.keys(known)))
    return prepared(part, name, text)
  }))
  useNavigation().go(screen)
  for (const step of steps) step()
}

function unknownPart(name: string, screen: Screen, names: readonly string[]): string {
  const allowed = names.length === 0 ? `The address of ${screen} has no parts.` : `The address of ${screen} has ${oneOf(names)}.`
  return `Unknown part '${name}' of an address. ${allowed}`
}

async function prepared(part: Part, name: string, text: string): Promise<() => void> {
  try {
    return await part.prepare(text)
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error
    throw new Error(`Part '${name}' of the address is ${text === '' ? 'empty' : `'${text}'`}. ${error.issues[0]!.message}`, { cause: error })
  }
}

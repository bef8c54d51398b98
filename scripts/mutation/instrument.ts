import { stripTypeScriptTypes } from 'node:module'
import { posix } from 'node:path'
import ts from 'typescript'
import type { Mutant, Place } from './mutants.ts'

/** A mutant with its id for the switch. */
export type Numbered = Mutant & { id: number }

interface Site {
  place: Place
  mutants: Numbered[]
  inner: Site[]
}

const SWITCH = 'scripts/mutation/switch.ts'

/**
 * Build mutants into a source, behind switches.
 * @param mutants of this text
 * @throws Error if the result does not parse: a bug of a mutator.
 */
export function instrument(file: string, text: string, mutants: readonly Numbered[]): string {
  const starts = statementStarts(file, text)
  const path = posix.relative(posix.dirname(file), SWITCH)
  const body = render(text, 0, text.length, sites(mutants), starts)
  // On the first line, so that line numbers stay the same.
  const result = `import { isMutant as __mutant } from '${path}';${body}`
  stripTypeScriptTypes(result)
  return result
}

/** Mutants by place. Places nest. */
function sites(mutants: readonly Numbered[]): Site[] {
  const byPlace = Map.groupBy(mutants, ({ place: { kind, start, end } }) => `${kind} ${start} ${end}`)
  const all = [...byPlace.values()].map((same): Site => ({ place: same[0]!.place, mutants: same, inner: [] }))
  // A statement without a semicolon has the span of its expression. The statement is outside.
  const outermostFirst = (a: Site, b: Site) => a.place.start - b.place.start || b.place.end - a.place.end
    || Number(a.place.kind === 'expression') - Number(b.place.kind === 'expression')
  const roots: Site[] = []
  const open: Site[] = []
  for (const site of all.sort(outermostFirst)) {
    while (open.length > 0 && open.at(-1)!.place.end < site.place.end) open.pop()
    while (open.length > 0 && open.at(-1)!.place.end <= site.place.start) open.pop()
    ;(open.at(-1)?.inner ?? roots).push(site)
    open.push(site)
  }
  return roots
}

function render(text: string, start: number, end: number, inner: readonly Site[], starts: ReadonlySet<number>): string {
  let [result, from] = ['', start]
  for (const site of inner) {
    result += text.slice(from, site.place.start) + renderSite(text, site, starts)
    from = site.place.end
  }
  return result + text.slice(from, end)
}

function renderSite(text: string, { place: { kind, start, end }, mutants, inner }: Site, starts: ReadonlySet<number>): string {
  const active = mutants.map(({ id }) => `__mutant(${id})`)
  if (kind === 'block') return `{ if (!${active[0]}) {${render(text, start + 1, end - 1, inner, starts)}} }`
  const original = render(text, start, end, inner, starts)
  // In braces, so that an else that follows is not the switch's.
  if (kind === 'statement') return `{ if (!${active[0]}) { ${original} } }`
  const choice = mutants.map(({ mutated }, index) => `${active[index]} ? (${mutated}) : `).join('')
  // Without semicolons, a parenthesis at the start of a statement would call the previous line.
  return `${starts.has(start) ? ';' : ''}(${choice}(${original}))`
}

/** Where expression statements start in lists of statements. */
function statementStarts(file: string, text: string): Set<number> {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const starts = new Set<number>()
  const visit = (node: ts.Node): void => {
    if (ts.isExpressionStatement(node) && 'statements' in node.parent) starts.add(node.getStart(source))
    ts.forEachChild(node, visit)
  }
  visit(source)
  return starts
}

import { createHash } from 'node:crypto'
import ts from 'typescript'
import { forcedConditions, isContinued, mutationsOf } from './mutators.ts'
import { isReplaceable, isSkipped } from './skipped.ts'

export interface Mutant {
  /** Stable against edits elsewhere in the file: path, enclosing function, mutator, texts, and an ordinal for equal ones. */
  key: string
  file: string
  /** Counted from 1. */
  line: number
  mutator: string
  original: string
  mutated: string
  place: Place
}

/** The part of a source that a mutant replaces: offsets, `end` exclusive. */
export interface Place {
  kind: 'statement' | 'block' | 'expression'
  start: number
  end: number
}

/** All mutants of a source, in text order. */
export function mutantsOf(file: string, text: string): Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const found: Omit<Mutant, 'key'>[] = []
  const names: string[] = []
  const visit = (node: ts.Node): void => {
    if (isSkipped(node)) return
    for (const mutant of mutantsAt(node, source)) {
      found.push({ ...mutant, file })
      names.push(enclosing(node))
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return withKeys(found, names)
}

function mutantsAt(node: ts.Node, source: ts.SourceFile): Omit<Mutant, 'key' | 'file'>[] {
  const kind = ts.isBlock(node) ? 'block' : ts.isExpressionStatement(node) ? 'statement' : 'expression'
  if (kind === 'expression' && (!node.parent || !isReplaceable(node))) return []
  const cut = kind === 'expression' && ts.isOptionalChain(node) && isContinued(node)
  const mutations = [...(cut ? [] : mutationsOf(node)), ...(node.parent ? forcedConditions(node) : [])]
  const place = { kind, start: node.getStart(source), end: node.getEnd() } as const
  const line = source.getLineAndCharacterOfPosition(place.start).line + 1
  const original = kind === 'block' ? '{ … }' : node.getText(source)
  const removed = kind === 'block' ? '{}' : ''
  return mutations.map(({ mutator, mutated }) => ({ line, mutator, original, mutated: mutated ?? removed, place }))
}

function withKeys(mutants: Omit<Mutant, 'key'>[], names: string[]): Mutant[] {
  const seen = new Map<string, number>()
  return mutants.map((mutant, index) => {
    const { file, mutator, original, mutated } = mutant
    const name = [file, names[index], mutator, short(original), short(mutated)].join(' | ')
    const ordinal = seen.get(name) ?? 0
    seen.set(name, ordinal + 1)
    return { ...mutant, key: `${name} | ${ordinal}` }
  })
}

/** A text on one line. A long text is cut and hashed. */
function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length <= 80 ? line : `${line.slice(0, 60)}… ${createHash('sha256').update(line).digest('hex').slice(0, 8)}`
}

/** Names of the enclosing declarations, such as `Trainer.step`. */
function enclosing(node: ts.Node): string {
  const names: string[] = []
  for (let at: ts.Node | undefined = node.parent; at; at = at.parent) {
    const name = nameOf(at)
    if (name !== undefined) names.unshift(name)
  }
  return names.join('.')
}

function nameOf(node: ts.Node): string | undefined {
  if (ts.isConstructorDeclaration(node)) return 'constructor'
  if (ts.isClassDeclaration(node) || ts.isFunctionDeclaration(node)) return node.name?.getText()
  if (ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node)) return node.name.getText()
  return ts.isClassElement(node) ? node.name?.getText() : undefined
}

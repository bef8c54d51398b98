import { parse as parseComponent } from 'vue/compiler-sfc'
import ts from 'typescript'

/**
 * Every text of a source file that a user may read, in the order of the file. A text is a string with words in it; what is filled in
 * stands in braces. Texts of the code itself (SQL, selectors, keys, paths) are left out by their shape.
 */
export function textsOf(file: string, source: string): string[] {
  return file.endsWith('.vue') ? componentTexts(source) : scriptTexts(source)
}

function componentTexts(source: string): string[] {
  const { descriptor } = parseComponent(source)
  const script = descriptor.scriptSetup ?? descriptor.script
  return [
    ...(script ? scriptTexts(script.content) : []),
    ...(descriptor.template?.ast ? templateTexts(descriptor.template.ast.children as TemplateNode[]) : []),
  ]
}

/** The part of Vue's template tree that is read here; the numbers are its node types. */
interface TemplateNode {
  type: number
  content?: string | { content: string }
  props?: TemplateProp[]
  children?: TemplateNode[]
}
interface TemplateProp {
  type: number
  name: string
  value?: { content: string }
  arg?: { content: string }
  exp?: { content: string }
}
const TEXT = 2
const INTERPOLATION = 5
const ATTRIBUTE = 6

/** Attributes that Vue, a component or assistive software shows. */
const shownAttributes = new Set([
  'title', 'label', 'placeholder', 'aria-label', 'aria-description', 'alt', 'content', 'description', 'confirm', 'empty', 'heading', 'sentence',
  'no-data-text', 'empty-text', 'start-placeholder', 'active-text', 'inactive-text', 'text', 'name', 'unit', 'to',
])

function templateTexts(nodes: readonly TemplateNode[]): string[] {
  return nodes.flatMap((node) => [
    ...(node.props ?? []).flatMap((prop) => (prop.type === ATTRIBUTE
      ? staticText(prop.name, prop.value?.content ?? '')
      : isShown(prop) ? expressionTexts(prop.exp?.content ?? '') : [])),
    ...ownTexts(node),
  ])
}

/** Text and interpolations that follow each other are one sentence. */
function ownTexts({ children = [] }: TemplateNode): string[] {
  const texts: string[] = []
  let sentence = ''
  const end = () => {
    if (hasWords(sentence)) texts.push(tidy(sentence))
    sentence = ''
  }
  for (const child of children) {
    if (child.type === TEXT) sentence += child.content as string
    else if (child.type === INTERPOLATION) {
      const expression = (child.content as { content: string }).content
      texts.push(...expressionTexts(expression))
      sentence += `{${nameOf(expression)}}`
    } else {
      end()
      texts.push(...templateTexts([child]))
    }
  }
  end()
  return texts
}

const staticText = (name: string, value: string) => (shownAttributes.has(name) && hasWords(value) ? [tidy(value)] : [])

/** Bindings of what is never shown. */
const hiddenBindings = new Set(['data-test', 'class', 'style', 'key', 'ref', 'is', 'id', 'type', 'icon'])

const isShown = ({ name, arg, exp }: TemplateProp) =>
  exp !== undefined && !['on', 'for', 'model'].includes(name) && !(name === 'bind' && hiddenBindings.has(arg?.content ?? ''))

const expressionTexts = (expression: string) => scriptTexts(`(${expression})`)

function scriptTexts(source: string): string[] {
  const texts: string[] = []
  const visit = (node: ts.Node): void => {
    if (isCodeOnly(node)) return
    const text = literalText(node)
    if (text !== null && isText(text, node)) texts.push(tidy(text))
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true))
  return texts
}

function literalText(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text
  if (!ts.isTemplateExpression(node)) return null
  return node.head.text + node.templateSpans.map(({ expression, literal }) => `{${nameOf(expression.getText())}}${literal.text}`).join('')
}

const namedCall = /^(?:.*\.)?(?:prepare|exec|pragma|querySelector|querySelectorAll|emit|import)$/

/** Imports, types, and calls whose strings are names or SQL. */
function isCodeOnly(node: ts.Node): boolean {
  return ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node) || ts.isInterfaceDeclaration(node)
    || ts.isTypeAliasDeclaration(node) || ts.isTaggedTemplateExpression(node)
    || (ts.isCallExpression(node) && namedCall.test(node.expression.getText()))
}

/** Properties and variables whose one-word values are shown. */
const shownNames = new RegExp(`^(?:${[
  'title', 'label', 'help', 'meaning', 'text', 'name', 'unit', 'message', 'sentence', 'heading', 'rule', 'placeholder', 'description',
  'empty', 'note', 'hint', 'what', 'verb', 'noun', 'summary', 'y', 'x',
].join('|')})s?$`, 'i')

function isText(text: string, node: ts.Node): boolean {
  if (!hasWords(text) || isCode(text)) return false
  if (/\p{L}[^ ]* +[^ ]*\p{L}/u.test(text.replace(/\{[^}]*\}/g, 'x'))) return true
  const { parent } = node
  const name = ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent) ? parent.name.getText().replace(/['"]/g, '') : ''
  return /^\p{Lu}\p{Ll}+/u.test(text) || (shownNames.test(name) && /^[\p{L} ]+$/u.test(text))
}

const sql = new RegExp(`^\\s*(?:${[
  'SELECT', 'INSERT', 'UPDATE', 'DELETE', 'CREATE', 'ALTER', 'DROP', 'PRAGMA', 'WITH', 'BEGIN', 'COMMIT', 'ROLLBACK', 'VACUUM', 'ATTACH',
  'DETACH', 'WHERE', 'ORDER BY', 'JOIN', 'AND ', 'SET ',
].join('|')})`)
const selector = /^[.#[]?[\w-]+(?:[.#[>:][\w-]*)+$/
const path = /^(?:[\w@.-]*\/)+[\w.{}-]*$/
const styles = /[;{]\s*[\w-]+:\s*[^;]+;|^(?:\d+px|var\(|rgba?\()/

const drawing = /^(?:path:\/\/)?M[\d{.]/
const query = /\[(?:role|type|aria-|contenteditable)|^\(prefers-|^minmax\(|sans-serif/

const binary = /[\0-\x08]/

const isCode = (text: string) => [sql, selector, path, styles, drawing, query, binary].some((shape) => shape.test(text))

const hasWords = (text: string) => /\p{L}{2,}/u.test(text.replace(/\{[^}]*\}/g, ''))

const tidy = (text: string) => text.replace(/\s+/g, ' ').trim()

/** What is filled in, by the last name in its expression. */
function nameOf(expression: string): string {
  const names = expression.replace(/'[^']*'|`[^`]*`/g, '').match(/[A-Za-z_]\w*/g)
  return names?.findLast((name) => !['value', 'length', 'toString', 'join', 'map'].includes(name)) ?? '…'
}

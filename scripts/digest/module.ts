import ts from 'typescript'

/** One top-level declaration, or one statement that runs when its module is loaded. */
export interface Part {
  /** Its source without comments, white space and types. */
  tokens: string[]
  /** Identifiers in it that may refer to other declarations. */
  references: Set<string>
}

/** An import or a re-export: the name in a module; `*` stands for all of them. */
interface Binding {
  from: string
  name: string
}

export interface Module {
  declarations: Map<string, Part>
  /** Statements that run when the module is loaded. */
  effects: Part[]
  imports: Map<string, Binding>
  /** Named re-exports. */
  exports: Map<string, Binding>
  /** Modules whose exports are all exported again. */
  exportsAll: string[]
}

/** Reads a TypeScript module whose types can be erased. */
export const parseModule = once((text: string): Module => {
  const module: Module = { declarations: new Map(), effects: [], imports: new Map(), exports: new Map(), exportsAll: [] }
  for (const statement of parse(erased(text)).statements) add(module, statement)
  return module
})

/** Tokens of a whole source whose types count, as those of AssemblyScript do. */
export const tokensOf = once((text: string): string[] => [...tokens(parse(text))])

/** Modules that a source imports or exports again. */
export const importedBy = (text: string): string[] => parse(text).statements.flatMap((statement) => moduleOf(statement) ?? [])

/** Remembers the result for each text. Parsing takes most of a digest's time. */
function once<Result>(read: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>()
  return (text) => {
    if (!known.has(text)) known.set(text, read(text))
    return known.get(text)!
  }
}

const parse = (text: string) => ts.createSourceFile('module.ts', text.replaceAll('\r\n', '\n'), ts.ScriptTarget.ESNext, true)

const erased = (text: string) => ts.transpileModule(text, {
  compilerOptions: {
    target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true, removeComments: true,
  },
}).outputText

function add(module: Module, statement: ts.Statement): void {
  if (ts.isImportDeclaration(statement)) addImports(module, statement)
  else if (ts.isExportDeclaration(statement)) addExports(module, statement)
  else if (ts.isVariableStatement(statement)) {
    for (const declaration of statement.declarationList.declarations) {
      const part = partOf(declaration)
      for (const name of boundNames(declaration.name)) module.declarations.set(name, part)
    }
  } else if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name) {
    module.declarations.set(statement.name.text, partOf(statement))
  } else {
    module.effects.push(partOf(statement))
  }
}

function addImports({ imports }: Module, { importClause, moduleSpecifier }: ts.ImportDeclaration): void {
  const from = (moduleSpecifier as ts.StringLiteral).text
  const bindings = importClause?.namedBindings
  if (importClause?.name) imports.set(importClause.name.text, { from, name: 'default' })
  if (bindings && ts.isNamespaceImport(bindings)) imports.set(bindings.name.text, { from, name: '*' })
  if (bindings && ts.isNamedImports(bindings)) {
    for (const { name, propertyName } of bindings.elements) imports.set(name.text, { from, name: (propertyName ?? name).text })
  }
}

function addExports({ exports, exportsAll }: Module, statement: ts.ExportDeclaration): void {
  const from = moduleOf(statement)
  // What is left of a module that has only types.
  if (statement.getText() === 'export {};') return
  if (from === null) {
    throw new Error(`The digest of the engine cannot follow "${statement.getText()}". Export declarations where they are.`)
  }
  if (!statement.exportClause) exportsAll.push(from)
  else if (ts.isNamedExports(statement.exportClause)) {
    for (const { name, propertyName } of statement.exportClause.elements) {
      exports.set(name.text, { from, name: (propertyName ?? name).text })
    }
  } else {
    exports.set(statement.exportClause.name.text, { from, name: '*' })
  }
}

function moduleOf(statement: ts.Statement): string | null {
  const isLink = ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)
  return isLink && statement.moduleSpecifier ? (statement.moduleSpecifier as ts.StringLiteral).text : null
}

function boundNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text]
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? boundNames(element.name) : []))
}

const partOf = (node: ts.Node): Part => ({ tokens: [...tokens(node)], references: new Set(references(node)) })

/** Properties that no result depends on: stored specs are complete, so a schema has no say in it, and neither has how a metric looks. */
const withoutEffect = new Set([
  'schema', 'title', 'meaning', 'help', 'equation', 'source', 'colour', 'minimises', 'reports', 'problems', 'warnings',
])

const hasNoEffect = (node: ts.Node): boolean =>
  (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) && withoutEffect.has(node.name.getText())

/** Leaves out comments, what has no effect, and what is thrown: an error's text changes no result. */
function* tokens(node: ts.Node): Generator<string> {
  if (ts.isJSDoc(node) || hasNoEffect(node)) return
  if (ts.isThrowStatement(node)) return yield 'throw'
  const children = node.getChildren()
  if (children.length > 0) for (const child of children) yield* tokens(child)
  else if (node.getText() !== '') yield node.getText()
}

function* references(node: ts.Node): Generator<string> {
  if (ts.isThrowStatement(node) || hasNoEffect(node)) return
  if (ts.isIdentifier(node) && !isKey(node)) yield node.text
  for (const child of node.getChildren()) yield* references(child)
}

/** Whether an identifier names a property instead of a variable. */
function isKey(node: ts.Identifier): boolean {
  const { parent } = node
  const isNamed = ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)
    || ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent)
  return isNamed && parent.name === node
}

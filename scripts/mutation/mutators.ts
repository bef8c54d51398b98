import ts from 'typescript'

/** A change of one node. */
export interface Mutation {
  mutator: string
  /** The replacement; null for a removed statement or an emptied block. */
  mutated: string | null
}

type Binary = Record<string, [mutator: string, operator: string][]>

const operators: Binary = {
  '<': [['boundary', '<='], ['negation', '>=']],
  '<=': [['boundary', '<'], ['negation', '>']],
  '>': [['boundary', '>='], ['negation', '<=']],
  '>=': [['boundary', '>'], ['negation', '<']],
  '===': [['negation', '!==']],
  '!==': [['negation', '===']],
  '+': [['arithmetic', '-']],
  '-': [['arithmetic', '+']],
  '*': [['arithmetic', '/']],
  '/': [['arithmetic', '*']],
  '%': [['arithmetic', '*']],
  '**': [['arithmetic', '*']],
  '+=': [['arithmetic', '-=']],
  '-=': [['arithmetic', '+=']],
  '*=': [['arithmetic', '/=']],
  '/=': [['arithmetic', '*=']],
  '&': [['bitwise', '|']],
  '|': [['bitwise', '&']],
  '^': [['bitwise', '&']],
  '<<': [['bitwise', '>>']],
  '>>': [['bitwise', '<<']],
  '>>>': [['bitwise', '<<']],
  '&&': [['logical', '||']],
  '||': [['logical', '&&']],
}

/** Methods that a mutant removes, and methods that it swaps. */
const removable = ['sort', 'toSorted', 'reverse', 'toReversed', 'slice', 'filter', 'trim']
const counterparts: Record<string, string> = {
  every: 'some', some: 'every', min: 'max', max: 'min', floor: 'ceil', ceil: 'floor', round: 'floor',
}
/** Properties that discriminate unions. */
const discriminants = ['kind', 'type', 'op', 'state', 'status', 'phase', 'reason', 'code', 'outcome']

/** Mutations of a node, without its children. */
export function mutationsOf(node: ts.Node): Mutation[] {
  if (ts.isBinaryExpression(node)) return binary(node)
  if (ts.isPrefixUnaryExpression(node)) return unary(node)
  if (ts.isNumericLiteral(node)) return number(node)
  if (ts.isStringLiteral(node)) return string(node)
  if (ts.isCallExpression(node)) return [...call(node), ...chain(node)]
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return chain(node)
  if (ts.isObjectLiteralExpression(node)) return node.properties.length > 0 ? emptied(node, '{}') : []
  if (ts.isArrayLiteralExpression(node)) return node.elements.length > 0 ? emptied(node, '[]') : []
  if (ts.isExpressionStatement(node)) return statement(node)
  if (ts.isBlock(node)) return block(node)
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [{ mutator: 'boolean', mutated: 'false' }]
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [{ mutator: 'boolean', mutated: 'true' }]
  return []
}

/** Conditions forced to true and false. Loops only to false, since they must end. */
export function forcedConditions(node: ts.Node): Mutation[] {
  const { parent } = node
  const decides = (ts.isIfStatement(parent) && parent.expression === node)
    || (ts.isConditionalExpression(parent) && parent.condition === node)
  const loops = ((ts.isWhileStatement(parent) || ts.isDoStatement(parent)) && parent.expression === node)
    || (ts.isForStatement(parent) && parent.condition === node)
  if (!decides && !loops || node.kind === ts.SyntaxKind.TrueKeyword) return []
  const never = { mutator: 'condition', mutated: 'false' }
  return decides ? [{ mutator: 'condition', mutated: 'true' }, never] : [never]
}

function binary(node: ts.BinaryExpression): Mutation[] {
  const operator = node.operatorToken.getText()
  const [left, right] = [node.left.getText(), node.right.getText()]
  if (operator === '??') return [{ mutator: 'fallback', mutated: left }]
  if (operator.startsWith('+') && (isText(node.left) || isText(node.right))) return []
  return (operators[operator] ?? []).map(([mutator, other]) => ({ mutator, mutated: `${left} ${other} ${right}` }))
}

/** Whether an expression is text, as far as the syntax shows. */
function isText(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node)) return isText(node.expression)
  if (ts.isBinaryExpression(node)) return node.operatorToken.getText() === '+' && (isText(node.left) || isText(node.right))
  return ts.isStringLiteral(node) || ts.isTemplateLiteral(node)
}

function unary(node: ts.PrefixUnaryExpression): Mutation[] {
  if (node.operator === ts.SyntaxKind.ExclamationToken) return [{ mutator: 'not', mutated: node.operand.getText() }]
  if (node.operator === ts.SyntaxKind.MinusToken) return [{ mutator: 'sign', mutated: node.operand.getText() }]
  return []
}

/** Counts (0 to 99) become 0 and one more. Other constants are halved and doubled. */
function number(node: ts.NumericLiteral): Mutation[] {
  const value = Number(node.getText().replaceAll('_', ''))
  return others(value).map((other) => ({ mutator: 'number', mutated: String(other) }))
}

function others(value: number): number[] {
  if (value === 0) return [1]
  if (value === 1) return [0, 2]
  return Number.isInteger(value) && value < 100 ? [0, value + 1] : [value / 2, value * 2]
}

/** Only discriminants. For comparisons, see negation. */
function string(node: ts.StringLiteral): Mutation[] {
  const { parent } = node
  const decides = ts.isCaseClause(parent)
    || (ts.isPropertyAssignment(parent) && parent.initializer === node && discriminants.includes(parent.name.getText()))
  return decides && node.text !== '' ? [{ mutator: 'string', mutated: "''" }] : []
}

function call(node: ts.CallExpression): Mutation[] {
  if (!ts.isPropertyAccessExpression(node.expression) || node.expression.questionDotToken) return []
  const { expression: object, name: { text: name } } = node.expression
  const rest = node.getText().slice(node.expression.getText().length)
  const found: Mutation[] = []
  if (Object.hasOwn(counterparts, name) && (ts.isIdentifier(object) && object.text === 'Math' || name === 'every' || name === 'some')) {
    found.push({ mutator: 'counterpart', mutated: `${object.getText()}.${counterparts[name]}${rest}` })
  }
  if (object.getText() === 'Math' && name === 'abs') found.push({ mutator: 'counterpart', mutated: node.arguments[0]!.getText() })
  if (removable.includes(name)) found.push({ mutator: 'method', mutated: object.getText() })
  return found
}

/** Only at the end of a chain: parentheses inside would change the rest of it. */
function chain(node: ts.CallExpression | ts.PropertyAccessExpression | ts.ElementAccessExpression): Mutation[] {
  if (!node.questionDotToken || isContinued(node)) return []
  const [object, from] = [node.expression.getText(), node.questionDotToken.getEnd()]
  const rest = node.getSourceFile().text.slice(from, node.getEnd())
  return [{ mutator: 'chain', mutated: `${object}${ts.isPropertyAccessExpression(node) ? '.' : ''}${rest}` }]
}

/** Whether a node continues, such as `a?.b` in `a?.b.c`. */
export function isContinued({ parent, pos }: ts.Node): boolean {
  const continues = ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)
    || ts.isCallExpression(parent) || ts.isNonNullExpression(parent)
  return continues && parent.expression.pos === pos
}

/** Only arguments. */
function emptied(node: ts.Expression, mutated: string): Mutation[] {
  const { parent } = node
  const isArgument = (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && (parent.arguments?.includes(node) ?? false)
  return isArgument ? [{ mutator: 'empty', mutated }] : []
}

function statement({ expression }: ts.ExpressionStatement): Mutation[] {
  let inner: ts.Expression = expression
  while (ts.isAwaitExpression(inner) || ts.isVoidExpression(inner)) inner = inner.expression
  const isCall = ts.isCallExpression(inner) && inner.expression.kind !== ts.SyntaxKind.SuperKeyword
  const acts = isCall || isAssignment(inner) || isStep(inner)
  return acts ? [{ mutator: 'statement', mutated: null }] : []
}

/** `++` or `--` */
export const isStep = (node: ts.Node) => ts.isPostfixUnaryExpression(node)
  || (ts.isPrefixUnaryExpression(node) && ['++', '--'].includes(ts.tokenToString(node.operator)!))

const isAssignment = (node: ts.Expression) => ts.isBinaryExpression(node) && isAssignmentOperator(node.operatorToken)

export const isAssignmentOperator = ({ kind }: ts.Node) =>
  kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment

/** Bodies without a result, catch and finally blocks. */
function block(node: ts.Block): Mutation[] {
  if (node.statements.length === 0) return []
  const { parent } = node
  const afterwards = ts.isCatchClause(parent) || (ts.isTryStatement(parent) && parent.finallyBlock === node)
  const isBody = ts.isFunctionDeclaration(parent) || ts.isMethodDeclaration(parent) || ts.isArrowFunction(parent)
  // For a body of one statement, see statement.
  const isEmptied = afterwards || (isBody && node.statements.length > 1 && !returnsValue(node))
  return isEmptied ? [{ mutator: 'block', mutated: null }] : []
}

const returnsValue = (node: ts.Node): boolean => ts.isReturnStatement(node)
  ? node.expression !== undefined
  : ts.forEachChild(node, (child) => (ts.isFunctionLike(child) ? undefined : returnsValue(child) || undefined)) ?? false

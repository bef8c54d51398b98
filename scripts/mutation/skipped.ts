import ts from 'typescript'
import { isAssignmentOperator, isStep } from './mutators.ts'

/** Properties that hold texts. Tests should not pin their words. */
const texts = ['help', 'title', 'meaning', 'text', 'label', 'description', 'hint', 'message', 'summary', 'placeholder', 'symbol', 'unit']
const describers = ['describe', 'meta']

/** Sources without mutants. The kernels in assembly are compiled AssemblyScript, which no switch reaches. */
export const isSkippedFile = (path: string) =>
  !path.endsWith('.ts') || path.endsWith('.d.ts') || path.startsWith('src-engine/kernels/assembly/')

/** Whether a node and its children have no mutants: types, imports, errors and texts. */
export function isSkipped(node: ts.Node): boolean {
  if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true
  if (ts.isTypeParameterDeclaration(node)) return true
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isThrowStatement(node)) return true
  if (ts.isNewExpression(node)) return node.expression.getText().endsWith('Error')
  if (ts.isPropertyAssignment(node)) return texts.includes(node.name.getText())
  return ts.isCallExpression(node) && isDescription(node)
}

function isDescription({ expression }: ts.CallExpression): boolean {
  if (expression.kind === ts.SyntaxKind.ImportKeyword) return true
  if (!ts.isPropertyAccessExpression(expression)) return false
  return expression.expression.getText() === 'console' || describers.includes(expression.name.text)
}

/** Whether an expression can replace a node. */
export function isReplaceable(node: ts.Node): boolean {
  const { parent } = node
  if ('name' in parent && parent.name === node) return false
  if (ts.isDeleteExpression(parent) || isStep(parent)) return false
  // Parentheses would change an optional chain, or lose `this`.
  if (ts.isCallExpression(parent) && parent.expression === node) return false
  return !isAssigned(node)
}

const isAssigned = ({ parent, pos }: ts.Node) =>
  ts.isBinaryExpression(parent) && parent.left.pos === pos && isAssignmentOperator(parent.operatorToken)

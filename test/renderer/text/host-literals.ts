import ts from 'typescript'
import { literal, varying, walk } from './sources.ts'

/** Properties and variables that hold what a person is told in few words: why not, what was found, and where. */
const TOLD = /^#?(reason|note|detail|where|fault)$/

/**
 * The literals of a source that are told to people without being sentences: in `reason`, `note`, `detail`, `where` and
 * `fault`, what is given to `refuse` and put into `notes`, what errors say and are made of, and what functions give
 * back that say "a text, or something else"; also where they come there by a variable or a function of the same file.
 */
export function phrases(source: ts.SourceFile): string[] {
  const byName = valuesByName(source)
  const followed = new Set<string>()
  const found = new Set<string>()

  function take(node: ts.Expression): void {
    const text = literal(node)
    if (text !== null) {
      found.add(text)
      varying(node).forEach(take)
    } else if (ts.isIdentifier(node)) follow(node.text)
    else if (ts.isCallExpression(node)) follow(node.expression.getText())
    else if (ts.isParenthesizedExpression(node)) take(node.expression)
    else if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(take)
    else if (ts.isBinaryExpression(node) && /^(\?\?|\|\||\+)$/.test(node.operatorToken.getText()))
      [node.left, node.right].forEach(take)
  }

  function follow(name: string): void {
    if (followed.has(name)) return
    followed.add(name)
    byName.get(name)?.forEach(take)
  }

  walk(source, (node) => {
    if (ts.isPropertyAssignment(node) && TOLD.test(node.name.getText())) take(node.initializer)
    else if (ts.isVariableDeclaration(node) && node.initializer !== undefined && TOLD.test(node.name.getText()))
      take(node.initializer)
    else if (
      ts.isBinaryExpression(node) &&
      /^(\?\?)?=$/.test(node.operatorToken.getText()) &&
      ts.isPropertyAccessExpression(node.left) &&
      TOLD.test(node.left.name.text)
    )
      take(node.right)
    else if (ts.isCallExpression(node) && /(^|[.#])(refuse|(notes|told)\.push)$/.test(node.expression.getText()))
      node.arguments.forEach(take)
    else if (ts.isNewExpression(node) && node.expression.getText() === 'KalamosError')
      node.arguments?.slice(1).forEach(take)
    else if (ts.isThrowStatement(node) && ts.isCallExpression(node.expression)) node.expression.arguments.forEach(take)
    else if (ts.isFunctionLike(node) && mayTell(node.type)) results(node).forEach(take)
    return true
  })
  return [...found].filter(isPhrase)
}

/** What variables of a name are set to, and what functions of a name give back. */
function valuesByName(source: ts.SourceFile): Map<string, ts.Expression[]> {
  const found = new Map<string, ts.Expression[]>()
  const add = (name: ts.Node, values: ts.Expression[]): unknown =>
    found.set(name.getText(), [...(found.get(name.getText()) ?? []), ...values])
  walk(source, (node) => {
    if (ts.isFunctionDeclaration(node) && node.name !== undefined) add(node.name, results(node))
    else if (ts.isVariableDeclaration(node) && node.initializer !== undefined)
      add(node.name, ts.isArrowFunction(node.initializer) ? results(node.initializer) : [node.initializer])
    return true
  })
  return found
}

/** Whether a function says that it gives back a text or something else. */
function mayTell(type: ts.TypeNode | undefined): boolean {
  return (
    type !== undefined &&
    ts.isUnionTypeNode(type) &&
    type.types.some(({ kind }) => kind === ts.SyntaxKind.StringKeyword)
  )
}

/** What a function gives back, without what functions in it give back. */
function results(node: ts.SignatureDeclaration): ts.Expression[] {
  if (!('body' in node) || node.body === undefined) return []
  const body = node.body as ts.Block | ts.Expression
  if (!ts.isBlock(body)) return [body]
  const found: ts.Expression[] = []
  walk(body, (each) => {
    if (ts.isReturnStatement(each) && each.expression !== undefined) found.push(each.expression)
    return !ts.isFunctionLike(each)
  })
  return found
}

/** A word with something beside it; SQL is none, it names columns of tables. */
function isPhrase(text: string): boolean {
  return (
    /\p{Ll}{2}/u.test(text) &&
    /\S\s+\S/.test(text.trim()) &&
    !/\b[a-z]\.[a-z_]+|[=<] \?|\b(SELECT|FROM|WHERE)\b/.test(text)
  )
}

import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

const root = join(import.meta.dirname, '../../..')

/** Files of the repository, by their path from its root, with what is in them. */
export function files(pattern: string): [path: string, source: string][] {
  return globSync(pattern, { cwd: root })
    .sort()
    .map((path) => [path, readFileSync(join(root, path), 'utf8')])
}

export function parsed(source: string): ts.SourceFile {
  return ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true)
}

/** Walks a tree from the top; does not go below where `visit` gives false. */
export function walk(node: ts.Node, visit: (node: ts.Node) => boolean): void {
  if (visit(node)) ts.forEachChild(node, (child) => walk(child, visit))
}

/** The text of a literal or a sum of them, `{0}`, `{1}` … in the place of what varies; null where a node is none. */
export function literal(node: ts.Node): string | null {
  const parts = partsOf(node)
  if (parts === null) return null
  return parts.slice(1).reduce((text, part, i) => `${text}{${i}}${part}`, parts[0]!)
}

/** What stands before, between and after what varies. */
function partsOf(node: ts.Node): string[] | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text]
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)]
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return null
  const left = partsOf(node.left)
  const right = ts.isParenthesizedExpression(node.right) ? ['', ''] : partsOf(node.right)
  if (left === null || right === null) return null
  return [...left.slice(0, -1), left.at(-1)! + right[0]!, ...right.slice(1)]
}

/** What varies in a literal or a sum of them. */
export function varying(node: ts.Node): ts.Expression[] {
  if (ts.isTemplateExpression(node)) return node.templateSpans.map((span) => span.expression)
  if (ts.isParenthesizedExpression(node)) return [node.expression]
  return ts.isBinaryExpression(node) ? [...varying(node.left), ...varying(node.right)] : []
}

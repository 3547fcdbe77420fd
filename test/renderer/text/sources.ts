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

/** A literal's text, `{0}`, `{1}` … in the place of what varies; null where a node is none. */
export function literal(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text
  if (!ts.isTemplateExpression(node)) return null
  return node.head.text + node.templateSpans.map((span, i) => `{${i}}${span.literal.text}`).join('')
}

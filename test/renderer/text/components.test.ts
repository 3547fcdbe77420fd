import { parse } from 'svelte/compiler'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { files, parsed, walk } from './sources.ts'

interface Node {
  type: string
  name?: string
  data?: string
  value?: unknown
}

/** Attributes and properties that people see, hear or are told. */
const SAID = new Set([
  'label',
  'title',
  'placeholder',
  'alt',
  'hint',
  'name',
  'text',
  'message',
  'says',
  'about',
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'aria-valuetext',
])
/** The same in every language: units, keys, names of formats and measures. */
const SAME = new Set(['Hz', 'ms', 'ppm', 'dps', 'CER', 'WER', 'YAML', 'NDJSON', 'min', 'max'])

/** Words in a piece of a template that a language would have to change. */
function wordsIn(text: string): string[] {
  return (text.replace(/&\w+;/g, ' ').match(/\p{L}{2,}/gu) ?? []).filter((word) => !SAME.has(word))
}

function each(
  value: unknown,
  visit: (node: Node, parents: readonly Node[]) => void,
  parents: readonly Node[] = [],
): void {
  if (Array.isArray(value)) return value.forEach((item) => each(item, visit, parents))
  if (typeof value !== 'object' || value === null) return
  const isNode = 'type' in value && typeof value.type === 'string'
  if (isNode) visit(value as Node, parents)
  const below = isNode ? [...parents, value as Node] : parents
  for (const [key, child] of Object.entries(value))
    if (key !== 'metadata' && key !== 'parent' && key !== 'options') each(child, visit, below)
}

/** Texts that stand in a component's template itself. */
function textsInTemplate(source: string): string[] {
  const found: string[] = []
  each(parse(source, { modern: true }).fragment, (node, parents) => {
    const attribute = parents.findLast(({ type }) => type === 'Attribute')
    const isText = node.type === 'Text' && typeof node.data === 'string'
    const isString = node.type === 'Literal' && typeof node.value === 'string'
    if ((!isText && !isString) || parents.some(({ type }) => type.endsWith('Directive'))) return
    const text = String(isText ? node.data : node.value)
    if (attribute === undefined) {
      const shown = isText || (parents.some(({ type }) => type === 'ExpressionTag') && isShown(node, parents))
      if (shown && wordsIn(text).length > 0) found.push(text.trim())
    } else if (
      SAID.has(attribute.name ?? '') &&
      isShown(node, parents) &&
      wordsIn(text).length > 0 &&
      !isForm(attribute, parents)
    )
      found.push(`${attribute.name}=${text}`)
  })
  return found
}

/** Whether a string is what comes out, not what is compared or looked up. */
function isShown(node: Node, parents: readonly Node[]): boolean {
  if (node.type === 'Text') return true
  return parents.every(
    ({ type }) =>
      !['BinaryExpression', 'CallExpression', 'MemberExpression', 'Property', 'ArrowFunctionExpression'].includes(type),
  )
}

/** `name` of an input is what a form calls it; of a component it is what people read. */
function isForm({ name }: Node, parents: readonly Node[]): boolean {
  return (
    name === 'name' &&
    parents.findLast(({ type }) => type === 'RegularElement' || type === 'Component')?.type !== 'Component'
  )
}

/** Constants of a component that hold a text or a formatted number: they would not follow a change of language. */
function keptTexts(source: string): string[] {
  const { instance } = parse(source, { modern: true })
  if (instance === null) return []
  const { start, end } = instance.content as unknown as { start: number; end: number }
  const script = parsed(source.slice(start, end))
  const kept: string[] = []
  for (const statement of script.statements) {
    if (!ts.isVariableStatement(statement)) continue
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (initializer === undefined) continue
      walk(initializer, (node) => {
        if (ts.isFunctionLike(node)) return false
        if (ts.isCallExpression(node) && /^\$(derived|props|state\.raw<|state)/.test(node.expression.getText()))
          return false
        if (ts.isPropertyAccessExpression(node) && node.expression.getText() === 't') {
          kept.push(`${name.getText()}: ${node.parent.getText()}`)
          return false
        }
        return true
      })
    }
  }
  return kept
}

const components = files('src/renderer/**/*.svelte')

describe('components', () => {
  it.each([
    ['<p>Hello there</p>', ['Hello there']],
    ['<p>{open ? "yes" : "no"}</p>', ['yes', 'no']],
    ['<Button label="Save it" />', ['label=Save it']],
    ['<input aria-label={`Name of ${x}`} name="writer" placeholder="A word" />', ['placeholder=A word']],
    ['<p class="mt-2">{t.a.b} – {count} Hz {kind === "hid" ? t.a.c : ""}</p>', []],
  ])('with a text of their own are found out: %s', (source, texts) => {
    expect(textsInTemplate(source)).toEqual(texts)
  })

  it('that keep a text are found out', () => {
    expect(
      keptTexts(
        '<script lang="ts">\nconst rows = [{ name: t.a.b }]\nconst fresh = $derived(t.a.b)\nconst later = () => ' +
          't.a.b\n</script>',
      ),
    ).toEqual(['rows: t.a.b'])
  })

  it('have all their texts from the languages', () => {
    const hard = components.flatMap(([path, source]) => textsInTemplate(source).map((text) => `${path}: ${text}`))
    expect(hard).toEqual([])
  })

  it('take texts when they show them, so that they follow a change of language', () => {
    expect(components.flatMap(([path, source]) => keptTexts(source).map((text) => `${path}: ${text}`))).toEqual([])
  })

  it('and their states format numbers in the language that is spoken, not in one of their own', () => {
    const own = files('src/renderer/**/*.{svelte,ts}').filter(
      ([path, source]) => !path.includes('/text/') && /toLocale\w*\('|Intl\.\w+\('/.test(source),
    )
    expect(own.map(([path]) => path)).toEqual([])
  })
})

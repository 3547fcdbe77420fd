import type { NamedRandom } from '../../src/main/random/named.ts'

/** What an input may be made of beside what its schema says. */
export interface Things {
  paths: readonly string[]
  deviceIds: readonly string[]
}

const TEXTS = [
  '',
  'a',
  'w1',
  'Haus',
  'größer',
  "' OR 1=1 --",
  '%_\\',
  '(((((',
  '[a-',
  '\0',
  '\ud800',
  'ß'.repeat(300),
  '🖊️',
  'x'.repeat(5000),
  '../../etc',
  '\u202egnp.exe',
  '\u001b[2J',
  '=1+2',
  'constructor',
  '__proto__',
]
const NUMBERS = [0, 1, 2, 3, 5, 0.5, -1, 10, 100, 1e6, 2 ** 31, 2 ** 53, 1e308, -0, 1e-300]
const DEEPEST = 8

/** A schema of valibot, as far as its kinds are told apart here. */
interface Schema {
  type: string
  entries?: Record<string, Schema>
  wrapped?: Schema
  item?: Schema
  items?: Schema[]
  value?: Schema
  options?: unknown[]
  literal?: unknown
  getter?: (input: unknown) => Schema
}

/** Something that may fit a schema, or nearly: the edges of each type more often than their middle. */
export function inputFor(schema: unknown, things: Things, random: NamedRandom, key = '', depth = 0): unknown {
  const { type, entries, wrapped, item, items, value, options, literal, getter } = schema as Schema
  const make = (inner: unknown, name = key): unknown => inputFor(inner, things, random, name, depth + 1)
  if (depth > DEEPEST || random.chance(0.01)) return random.pick<unknown>([null, 0, '', [], {}])
  switch (type) {
    case 'object':
    case 'strict_object':
    case 'loose_object':
      return Object.fromEntries(
        Object.entries(entries ?? {}).flatMap(([name, inner]) =>
          inner.type.endsWith('optional') && random.chance(0.6) ? [] : [[name, make(inner, name)]],
        ),
      )
    case 'optional':
    case 'exact_optional':
      return make(wrapped)
    case 'nullable':
    case 'nullish':
      return random.chance(0.3) ? null : make(wrapped)
    case 'string':
      return textFor(key, things, random)
    case 'number':
      return /id$/i.test(key) && random.chance(0.85) ? 1 + random.below(5) : random.pick(NUMBERS)
    case 'boolean':
      return random.chance(0.5)
    case 'picklist':
      return random.pick(options as unknown[])
    case 'literal':
      return literal
    case 'array':
      return Array.from({ length: random.below(4) }, () => make(item))
    case 'tuple':
    case 'strict_tuple':
      return (items ?? []).map((inner) => make(inner))
    case 'union':
    case 'variant':
      return make(random.pick(options as unknown[]))
    case 'record':
      return Object.fromEntries(Array.from({ length: random.below(3) }, () => [random.pick(TEXTS), make(value)]))
    case 'lazy':
      return make(getter!(undefined))
    default:
      return random.pick<unknown>([null, 1, 'x', { a: 1 }])
  }
}

function textFor(key: string, { paths, deviceIds }: Things, random: NamedRandom): string {
  if (/path|folder|file|place/i.test(key)) return random.pick(paths)
  if (/deviceId/.test(key) && random.chance(0.8)) return random.pick(deviceIds)
  return random.pick(TEXTS)
}

/**
 * What of a detail may stand in the log. No label, no written text and no person's name may, and an error's message or
 * a file's name can hold one. So nothing is searched for names: what is not known to be harmless is left out.
 */

/** Keys whose values are words of the program or of the system, and never words of a person. */
const WORDS: ReadonlySet<string> = new Set([
  'backend',
  'code',
  'codec',
  'database',
  'entryPoint',
  'event',
  'extension',
  'folder',
  'format',
  'kind',
  'level',
  'node',
  'platform',
  'reason',
  'request',
  'signal',
  'state',
  'step',
  'syscall',
  'task',
  'verb',
  'version',
])

/**
 * Messages of JavaScript and SQLite that name parts of the program and nothing else. Of any other error its name,
 * its code and its stack are written.
 */
const MESSAGES: readonly RegExp[] = [
  /^Cannot (?:read|set) properties of (?:undefined|null)/,
  /^[\w.$]+(?:\(\.\.\.\))? is not (?:a function|a constructor|defined|iterable)$/,
  /^(?:Invalid (?:array|string|typed array) length|Maximum call stack size exceeded|Array buffer allocation failed)/,
  /^(?:UNIQUE|NOT NULL|FOREIGN KEY) constraint failed(?:: \w+\.\w+(?:, \w+\.\w+)*)?$/,
  /^(?:database is locked|database disk image is malformed|disk I\/O error|database or disk is full|attempt to write a readonly database|The database connection is not open)$/,
]

const FRAME = /^\s+at (?:async )?[\w.$<>#[\] ]*\(?(?:file:|node:|kalamos:|\/|[A-Za-z]:\\)[^()]*:\d+:\d+\)?$/
const MOST_FRAMES = 30
const DEEPEST_CAUSE = 3

/** What may be written of a detail: behind the message, and on lines below it. */
export interface Written {
  beside: string
  below: string[]
}

/** Renders a detail: an error with its stack, or an object of numbers, truth values and the words of known keys. */
export function written(detail: unknown): Written {
  if (detail === undefined) return { beside: '', below: [] }
  if (detail instanceof Error) return ofError(detail, 0)
  if (typeof detail !== 'object' || detail === null) {
    return { beside: isHarmless(detail) ? String(detail) : `a ${typeof detail} was thrown`, below: [] }
  }
  const told = Object.entries(detail).map(([key, value]) => ofField(key, value))
  return {
    beside: told.flatMap(({ beside }) => (beside === '' ? [] : [beside])).join(' '),
    below: told.flatMap(({ below }) => below),
  }
}

function ofField(key: string, value: unknown): Written {
  if (value instanceof Error) return ofError(value, 0)
  if (isHarmless(value)) return { beside: `${key}=${value}`, below: [] }
  if (Array.isArray(value) && value.every(isHarmless))
    return { beside: `${key}=[${value.slice(0, 20).join(', ')}${value.length > 20 ? ', …' : ''}]`, below: [] }
  if (typeof value === 'string' && WORDS.has(key))
    return { beside: `${key}=${/^[\w./:\\-]+$/.test(value) ? value : JSON.stringify(value)}`, below: [] }
  return { beside: '', below: [] }
}

function ofError(error: Error, depth: number): Written {
  const { code } = error as { code?: unknown }
  const { syscall } = error as { syscall?: unknown }
  const beside = [
    plainWord(error.name) ?? 'Error',
    ...(plainWord(code) === null ? [] : [`code=${String(code)}`]),
    ...(plainWord(syscall) === null ? [] : [`syscall=${String(syscall)}`]),
    ...MESSAGES.flatMap((known) => known.exec(error.message)?.slice(0, 1) ?? []),
  ].join(' ')
  const below = framesOf(error)
  if (depth < DEEPEST_CAUSE && error.cause instanceof Error) {
    const cause = ofError(error.cause, depth + 1)
    below.push(`caused by ${cause.beside}`, ...cause.below)
  }
  return { beside, below }
}

/** The frames of a stack, without the message above them, which may itself look like frames. */
function framesOf({ stack, message }: Error): string[] {
  const lines = typeof stack === 'string' ? stack.split('\n').slice(message.split('\n').length) : []
  return lines
    .filter((line) => FRAME.test(line))
    .slice(0, MOST_FRAMES)
    .map((line) => line.trim())
}

function plainWord(value: unknown): string | null {
  return (typeof value === 'string' && /^[\w-]{1,40}$/.test(value)) || typeof value === 'number' ? String(value) : null
}

function isHarmless(value: unknown): value is number | bigint | boolean | null {
  return value === null || typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean'
}

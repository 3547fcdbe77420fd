import { setImmediate } from 'node:timers/promises'
import { KalamosError } from '../../../shared/errors.ts'
import { boundedLines } from '../../exchange/bounded-lines.ts'
import type { Refusal } from '../../exchange/recording.ts'
import type { PathStroke, PenPath } from '../../simulator/pen-path.ts'
import { parsePath, type ParsedPath } from './parse.ts'
import { yAxisOf } from './upright.ts'

/** The pen paths of a file, all with y up the page, and what of the file is none. */
export interface PenPaths {
  paths: PenPath[]
  refused: Refusal[]
}

/**
 * Reads a file of pen paths, a JSON object a line, gzipped or not. A line that does not fit is refused, with the line,
 * the record and the reason; the others go on. Throws what `boundedLines` throws, `cancelled`, and `invalid-input`
 * where the file holds no pen path.
 */
export async function readPenPaths(path: string, options: { signal?: AbortSignal } = {}): Promise<PenPaths> {
  const read: { where: string; parsed: ParsedPath }[] = []
  const refused: Refusal[] = []
  for await (const { line, text } of boundedLines(path)) {
    if (options.signal?.aborted === true) throw new KalamosError('cancelled', 'Reading the pen paths was cancelled.')
    if (text?.trim() === '') continue
    const value = jsonOf(text)
    const where = placeOf(line, value)
    const parsed = value === undefined ? { reason: 'is not JSON' } : parsePath(value)
    if ('reason' in parsed) refused.push({ where, reason: parsed.reason })
    else read.push({ where, parsed })
    if (line % 200 === 0) await setImmediate()
  }
  const paths = upright(read, refused)
  if (paths.length === 0)
    throw new KalamosError(
      'invalid-input',
      `${path} holds no pen path that can be re-enacted` +
        (refused.length === 0 ? '' : `: ${refused[0]!.where} ${refused[0]!.reason}`) +
        '.',
      'Name a file with one JSON object a line: columns x, y and t_ms, in mm and ms, and the strokes.',
    )
  return { paths, refused }
}

function jsonOf(text: string | null): unknown {
  try {
    return text === null ? undefined : (JSON.parse(text) as unknown)
  } catch {
    return undefined
  }
}

function placeOf(line: number, value: unknown): string {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined
  return typeof id === 'string' ? `line ${line} (${id.slice(0, 100)})` : `line ${line}`
}

/**
 * Paths whose y grows downwards are turned over. A set that does not tell is like the others of its file, where these
 * agree; else its paths are refused.
 */
function upright(read: readonly { where: string; parsed: ParsedPath }[], refused: Refusal[]): PenPath[] {
  const unsaid = read.filter(({ parsed }) => parsed.yAxis === undefined).map(({ parsed }) => parsed.path)
  const found = new Map([...Map.groupBy(unsaid, ({ set }) => set)].map(([set, paths]) => [set, yAxisOf(paths)]))
  const all = new Set([...found.values()].filter((axis) => axis !== null))
  const usual = all.size === 1 ? [...all][0]! : null
  return read.flatMap(({ where, parsed: { path, yAxis } }) => {
    const axis = yAxis ?? found.get(path.set) ?? usual
    if (axis === null) {
      refused.push({
        where,
        reason: 'does not say whether y grows up or down (y_axis), and no dots, ascenders or descenders show it',
      })
      return []
    }
    return [axis === 'up' ? path : turnedOver(path)]
  })
}

function turnedOver(path: PenPath): PenPath {
  const over = <T extends Pick<PathStroke, 'y'>>(part: T): T => ({ ...part, y: part.y.map((mm) => -mm) })
  return { ...path, strokes: path.strokes.map(over), lifts: path.lifts.map(over) }
}

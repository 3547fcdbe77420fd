/**
 * Figures of real recordings to put beside the virtual ones; read where the recordings are present, left out otherwise.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { root } from '../files/paths.ts'

/** What was measured in one set of real recordings. Lists are unsorted samples. */
export interface Reality {
  stylus?: { speeds: number[]; pressures: number[]; downShares: number[]; millisPerLetter: number[] }
  pen?: { frames: number[]; downShares: number[]; presses: number[] }
  letters?: { millis: number[] }
}

/** Writing force of the home-made pen: raw readings above this are contact. */
const PEN_CONTACT = 350

/** Where recordings of real people lie beside a checkout; they are not part of the project. */
export const REAL_RECORDINGS = join(root, '..', 'shared', 'data')

export function measureReality(folder = REAL_RECORDINGS): Reality {
  const [stylus, pen, letters] = ['stylus-words', 'pen-computer', 'letter-strokes'].map((name) =>
    records(join(folder, `${name}.ndjson.gz`)),
  )
  return {
    ...(stylus === undefined ? {} : { stylus: stylusWords(stylus) }),
    ...(pen === undefined ? {} : { pen: penWords(pen) }),
    ...(letters === undefined ? {} : { letters: { millis: letters.map(letterMillis) } }),
  }
}

interface RealRecord {
  label?: string
  channels?: string[]
  samples?: number[][]
  strokes?: number[][][]
}

function records(path: string): RealRecord[] | undefined {
  if (!existsSync(path)) return undefined
  return gunzipSync(readFileSync(path))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RealRecord)
}

function stylusWords(words: readonly RealRecord[]): NonNullable<Reality['stylus']> {
  const out = {
    speeds: [] as number[],
    pressures: [] as number[],
    downShares: [] as number[],
    millisPerLetter: [] as number[],
  }
  for (const { label = '', strokes = [] } of words) {
    for (const stroke of strokes) {
      for (const [i, [x, y, t, pressure]] of stroke.entries()) {
        out.pressures.push(pressure!)
        const [x0, y0, t0] = stroke[i - 1] ?? []
        if (t0 !== undefined && t! > t0) out.speeds.push((1000 * Math.hypot(x! - x0!, y! - y0!)) / (t! - t0))
      }
    }
    if (!/^\p{L}{3,}$/u.test(label) || strokes.length === 0) continue
    const total = strokes.at(-1)!.at(-1)![2]! - strokes[0]![0]![2]!
    if (total <= 0) continue
    out.downShares.push(strokes.reduce((sum, stroke) => sum + stroke.at(-1)![2]! - stroke[0]![2]!, 0) / total)
    out.millisPerLetter.push(total / [...label].length)
  }
  return out
}

function penWords(words: readonly RealRecord[]): NonNullable<Reality['pen']> {
  const out = { frames: [] as number[], downShares: [] as number[], presses: [] as number[] }
  for (const { channels = [], samples = [] } of words) {
    const force = samples.map((sample) => sample[channels.indexOf('force')]! > PEN_CONTACT)
    const [first, last] = [force.indexOf(true), force.lastIndexOf(true)]
    if (first < 0) continue
    const writing = force.slice(first, last + 1)
    out.frames.push(writing.length)
    out.downShares.push(writing.filter(Boolean).length / writing.length)
    out.presses.push(writing.filter((down, i) => down && writing[i - 1] !== true).length)
  }
  return out
}

function letterMillis({ strokes = [] }: RealRecord): number {
  return strokes.at(-1)!.at(-1)![2]! - strokes[0]![0]![2]!
}

/** What the sets of pen paths tell of hands: one half of their writers to fit with, the other half to check by. */
import { join } from 'node:path'
import type { PenPath } from '../../simulator/pen-path.ts'
import { fitForce, fitLifts, fitTilt, type ForceFit, type LiftFit, type TiltFit } from './fit.ts'
import { readPenPaths } from './read.ts'

export interface MeasuredHands {
  lifts: LiftFit
  tilt: TiltFit
  force: ForceFit
}

/** The sets in which something was measured that others lack, and the words that a notice owes them. */
export const MEASURED_SETS = {
  lifts: 'unipen-words-hover',
  tilt: 'wacom-mit',
  force: ['wacom-mit', 'unipen-pressure-de'],
} as const

export const SOURCES = [
  'wacom-mit: lines of 10 writers by a Wacom tablet, MIT licence, GMarzinotto/MATLAB-Handwriting',
  'unipen-pressure-de and unipen-words-hover: UNIPEN train_r01_v07, CC BY 4.0, Zenodo 10.5281/zenodo.1195803',
]

/**
 * Fits the hands of every second writer of each set (`fitted`), and those of the others (`heldOut`), in a folder that
 * holds the sets as `<name>.ndjson.gz`. Throws what `readPenPaths` throws.
 */
export async function measureHands(
  folder: string,
  options: { signal?: AbortSignal } = {},
): Promise<{ fitted: MeasuredHands; heldOut: MeasuredHands }> {
  const read = async (name: string) => (await readPenPaths(join(folder, `${name}.ndjson.gz`), options)).paths
  const [tilt, german, lifts] = [
    await read(MEASURED_SETS.tilt),
    await read(MEASURED_SETS.force[1]),
    await read(MEASURED_SETS.lifts),
  ]
  const force = [...tilt, ...german.map((path) => ({ ...path, writer: `${MEASURED_SETS.force[1]} ${path.writer}` }))]
  const half = (which: 0 | 1): MeasuredHands => ({
    lifts: fitLifts(everySecond(lifts, which)),
    tilt: fitTilt(everySecond(tilt, which)),
    force: fitForce(everySecond(force, which)),
  })
  return { fitted: half(0), heldOut: half(1) }
}

function everySecond(paths: readonly PenPath[], which: 0 | 1): PenPath[] {
  const writers = [...new Set(paths.map(({ writer }) => writer))].sort()
  return paths.filter(({ writer }) => writers.indexOf(writer) % 2 === which)
}

/** The numbers as they are stored with the app, to four digits. */
export function storedHands(hands: MeasuredHands): string {
  const about = { made: 'kalamos reenact --fit: every second writer of each set', sources: SOURCES }
  const short = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(4)) : value)
  return `${JSON.stringify({ ...about, ...hands }, short, 2)}\n`
}

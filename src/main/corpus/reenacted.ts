/** A corpus of re-enacted words: people's pen paths, each followed by simulated pens in several holds. */
import { KalamosError } from '../../shared/errors.ts'
import { randomStream } from '../random/named.ts'
import { drawHold } from '../simulator/hold.ts'
import type { PenPath } from '../simulator/pen-path.ts'
import { reenact } from '../simulator/reenact.ts'
import { checkSeed } from '../simulator/writer.ts'
import type { CorpusRecording, CorpusSink } from './corpus.ts'

export interface ReenactedSpec {
  /**
   * What the file of pen paths is called: before the names of its writers, since w001 is somebody else in every file.
   */
  data: string
  /** In how many ways each person holds a pen. */
  poses: number
  seed: number
  /** At most so many writers, and words of each, both drawn by the seed; all where nothing is said. */
  writers?: number
  perWriter?: number
}

const MOST_POSES = 100

/** The paths that a corpus is made of, writer by writer. Throws `invalid-input`. */
export function chosenPaths(paths: readonly PenPath[], spec: ReenactedSpec): Map<string, readonly PenPath[]> {
  checkSeed(spec.seed)
  if (!Number.isInteger(spec.poses) || spec.poses < 1 || spec.poses > MOST_POSES) {
    throw new KalamosError(
      'invalid-input',
      `Words cannot be re-enacted in ${spec.poses} poses.`,
      `Ask for 1 to ${MOST_POSES} poses.`,
    )
  }
  const byWriter = [...Map.groupBy(paths, ({ writer }) => writer)]
  const writers = drawn(byWriter, spec.writers, ['writers', spec.data, spec.seed])
  return new Map(
    writers.map(([writer, own]) => [writer, drawn(own, spec.perWriter, ['words', spec.data, writer, spec.seed])]),
  )
}

/** How many recordings come of these paths. */
export function countOf(chosen: ReadonlyMap<string, readonly PenPath[]>, { poses }: ReenactedSpec): number {
  return poses * [...chosen.values()].reduce((sum, paths) => sum + paths.length, 0)
}

/** The recordings of a corpus, writer by writer, hold by hold. */
export function* reenactedWords(
  chosen: ReadonlyMap<string, readonly PenPath[]>,
  spec: ReenactedSpec,
  options: CorpusSink['options'] = {},
): Generator<CorpusRecording> {
  for (const [writer, paths] of chosen) {
    for (let pose = 0; pose < spec.poses; pose++) {
      const person = { name: `${spec.data} ${writer}`, handedness: paths[0]!.handedness }
      const hold = drawHold(person, pose, spec.seed)
      for (const [index, path] of paths.entries())
        yield { writer: hold, index, recording: reenact(path, hold, options), source: `${spec.data}/${path.id}` }
    }
  }
}

function drawn<T>(all: readonly T[], most: number | undefined, names: readonly (string | number)[]): readonly T[] {
  if (most === undefined || most >= all.length) return all
  const order = randomStream('re-enacted', ...names).shuffled(all.map((_, at) => at))
  const taken = new Set(order.slice(0, most))
  return all.filter((_, at) => taken.has(at))
}

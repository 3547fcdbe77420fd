import { KeyedRandom, textKey } from '../../random/keyed.ts'
import type { Task } from '../../ml/data/types.ts'

const FOLDS = textKey('adaptation folds')
const MOST_FOLDS = 4

/** What a fold needs to know of a recording. */
interface Divisible {
  id: number
  label: string
}

/**
 * Parts a writer's words into up to four folds of about the same size, each to be left out and read in turn. Recordings
 * of one word stay together, so that no word is read by weights that learned from it; of single labels, each is in as
 * many folds as it can be. The draw depends on seed and ids alone.
 */
export function foldsOf<T extends Divisible>(items: readonly T[], task: Task, seed: number): T[][] {
  const words = Map.groupBy(items, ({ label }) => label.normalize('NFC'))
  const whole = task === 'ctc' && words.size >= 2
  const groups = whole ? [...words.values()] : byLabel(items, seed).map((item) => [item])
  const order = whole ? new KeyedRandom(seed, FOLDS).shuffled(groups.sort(([a], [b]) => a!.id - b!.id)) : groups
  const count = Math.min(MOST_FOLDS, order.length)
  return Array.from({ length: count }, (_, fold) => order.filter((_, at) => at % count === fold).flat())
}

/** Label after label, each label's recordings in a drawn order: neighbours go to different folds. */
function byLabel<T extends Divisible>(items: readonly T[], seed: number): T[] {
  const sorted = [...items].sort((a, b) => a.id - b.id)
  return [...Map.groupBy(new KeyedRandom(seed, FOLDS).shuffled(sorted), ({ label }) => label).entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]) => group)
}

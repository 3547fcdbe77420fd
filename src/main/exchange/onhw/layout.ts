import { basename, join } from 'node:path'
import { KalamosError } from '../../../shared/errors.ts'
import { WORD_ALPHABET } from '../../../shared/text.ts'
import type { Handedness } from '../../../shared/api/writers.ts'
import { exists, kindOf, namesIn } from '../places.ts'

/** One set of arrays that belong together: the same row of each is one recording. */
export interface Part {
  samples: string
  labels: string
  /** Who wrote; null where the set does not say. */
  writers: string | null
  handedness: Handedness
  /** What a label that is a number means. */
  alphabet: string
}

const SYMBOLS = '0123456789+-·:='
/** How the sets of signs end: symbols, equations, and equations parted into their symbols. */
const SIGNS = ['s', 'e', 'es'] as const
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
/** Of several divisions of the same recordings one is enough: training and validation together are all of them. */
const CHARS = /^onhw2_(both|lower|upper)_(indep|dep)_(\d)$/

/**
 * The sets in a folder of OnHW: words (one fold, or the folder of folds), characters (a folder with X and y, or the
 * folder of divisions), characters of left-handed writers, symbols and equations. Throws `invalid-input` where there is
 * none.
 */
export async function partsOf(path: string): Promise<Part[]> {
  if ((await kindOf(path)) === 'folder') {
    const here = await partsHere(path)
    if (here.length > 0) return here
    const inside = (await namesIn(path))
      .filter((name) => CHARS.test(name) || /^\d$/.test(name) || /^fold/i.test(name))
      .sort(byCompleteness)
    for (const name of inside) {
      const parts = await partsHere(join(path, name))
      if (parts.length > 0) return parts
    }
  }
  throw new KalamosError(
    'invalid-input',
    `${path} is no folder of OnHW: it has neither all_x_dat_*.pkl with their labels, nor X_train.npy and y_train.npy.`,
    'Name the folder of a fold, such as 0, or the folder that holds the folds.',
  )
}

async function partsHere(folder: string): Promise<Part[]> {
  const right: Handedness = /_R\b|right/i.test(folder) ? 'right' : /_L\b|left/i.test(folder) ? 'left' : 'unknown'
  const [, cases] = CHARS.exec(basename(folder)) ?? []
  const letters = cases === 'lower' ? UPPER.toLowerCase() : cases === 'upper' ? UPPER : UPPER + UPPER.toLowerCase()
  const candidates: [string, string, string | null, Handedness, string][] = [
    ['all_x_dat_train_imu.pkl', 'all_train_gt.pkl', 'train_ids.pkl', right, WORD_ALPHABET],
    ['all_x_dat_val_imu.pkl', 'all_val_gt.pkl', 'val_ids.pkl', right, WORD_ALPHABET],
    ['X_train.npy', 'y_train.npy', null, right, letters],
    ['X_test.npy', 'y_test.npy', null, right, letters],
    ['all_x_dat_imu.pkl', 'all_gt.pkl', 'list_ids.pkl', right === 'right' ? 'right' : 'left', letters],
    ...SIGNS.flatMap((kind): typeof candidates => [
      [`all_x_dat_imu_${kind}.pkl`, `all_gt_${kind}.pkl`, `list_ids_${kind}.pkl`, right, SYMBOLS],
      ...['train', 'val'].map((part): (typeof candidates)[number] => [
        `all_x_dat_${part}_imu_${kind}.pkl`,
        `all_${part}_gt_${kind}.pkl`,
        `${part}_ids_${kind}.pkl`,
        right,
        SYMBOLS,
      ]),
    ]),
  ]
  const parts: Part[] = []
  for (const [samples, labels, writers, handedness, alphabet] of candidates) {
    if (!(await exists(join(folder, samples)))) continue
    if (!(await exists(join(folder, labels))))
      throw new KalamosError(
        'not-found',
        `${folder} has ${samples} but no ${labels}.`,
        'Copy the folder again, with all its files.',
      )
    const ids = writers !== null && (await exists(join(folder, writers))) ? join(folder, writers) : null
    parts.push({ samples: join(folder, samples), labels: join(folder, labels), writers: ids, handedness, alphabet })
  }
  return parts
}

/** Both cases before one, held-out writers before others, the first fold before later ones. */
function byCompleteness(a: string, b: string): number {
  const rank = (name: string): string => {
    const [, cases, writers, fold] = CHARS.exec(name) ?? []
    return cases === undefined
      ? name
      : `${['both', 'lower', 'upper'].indexOf(cases)}${writers === 'indep' ? 0 : 1}${fold}`
  }
  return rank(a).localeCompare(rank(b), 'en', { numeric: true })
}

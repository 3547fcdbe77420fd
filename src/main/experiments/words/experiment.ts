import { USUAL_AUGMENTATIONS } from '../../ml/augment/augment.ts'
import type { ImageShelf } from '../../ml/cross/companion.ts'
import type { ReadExample } from '../../ml/evaluate/evaluate.ts'
import { outputsOf } from '../../ml/data/classes.ts'
import { namedConfig, timeReduction, type ModelConfig } from '../../ml/models/index.ts'
import { renderedImages } from '../../words/images.ts'
import { foldOf, type Cell, type Experiment, type Scale } from '../experiment.ts'
import type { FitConfig } from '../fit.ts'
import { ratesOf } from '../outcome.ts'
import { runTrial } from '../trial.ts'
import { benchmarkInterface, VirtualWords, type Share, type Split } from './recordings.ts'
import { wordVariants } from './variants.ts'

interface Config extends FitConfig, Share {}

/** What readers of words take in at least: four output frames. */
const MINIMUM_OUTPUTS = 4

/** Virtual people: words of writers, or words, that were held out. */
export const words: Experiment = {
  name: 'words',
  title: 'Words of virtual writers (VirtualWords-500)',
  data: 'virtual: words by 50 virtual writers, 5 of them left-handed; five folds of writers and five of words',
  question: 'Does CTC with a loss towards word images, or towards texts, read better than CTC alone: writers it never saw, and words it never saw?',
  limits: 'Virtual writers are not people: these figures stand beside no published one. Losses have their default margins and weights, which were not chosen for these data.',
  measure: { name: 'cer', label: 'CER', lowerIsBetter: true },
  also: [
    { name: 'bestCer', label: 'CER of the best epoch (chosen on the test data, as in the literature)' },
    { name: 'wer', label: 'WER' },
    { name: 'spread', label: 'spread between writers' },
    { name: 'cerRight', label: 'CER of right-handers' },
    { name: 'cerLeft', label: 'CER of left-handers' },
  ],
  baseline: 'plain',
  cells,
  open(room, { quick }) {
    const virtual = new VirtualWords(benchmarkInterface(minimumFrames(networkOf(quick))))
    const source = renderedImages()
    const shelf = new Shelf()
    return Promise.resolve((cell) => {
      const config = cell.config as Config
      const face = benchmarkInterface(minimumFrames(config.model))
      const parts = virtual.divided(config)
      return runTrial(config, { face, ...parts, source, shelf: shelf.of(cell) }, room, (readings) => byHand(readings, virtual.leftHanded))
    })
  },
}

/** Keeps the image networks of one fold: no other fold has the same words. */
export class Shelf {
  #key = ''
  #shelf: ImageShelf = new Map()

  of({ condition, fold, seed }: Cell): ImageShelf {
    const key = JSON.stringify([condition, fold, seed])
    if (key !== this.#key) this.#shelf = new Map()
    this.#key = key
    return this.#shelf
  }
}

export function minimumFrames(model: ModelConfig): number {
  return MINIMUM_OUTPUTS * timeReduction(model)
}

function byHand(readings: readonly ReadExample[], leftHanded: ReadonlySet<number>): Record<string, number> {
  const [left, right] = [true, false].map((hand) => readings.filter(({ example }) => leftHanded.has(example.writerId) === hand))
  return { cerRight: ratesOf(right!).cer, cerLeft: ratesOf(left!).cer }
}

/** The small network of REWI; for quick runs, one that learns short words in a minute. */
function networkOf(quick: boolean): ModelConfig {
  const outputs = outputsOf(benchmarkInterface(1))
  if (!quick) return namedConfig('rewi-s', { channels: 13, classes: outputs })
  return { kind: 'ott', channels: 13, classes: outputs, head: 'ctc', dropout: 0.1, blocks: 2, filters: 48, kernel: 6, layers: 1, hidden: 48, dense: 48 }
}

function cells({ seeds, quick }: Scale): Cell[] {
  return Array.from({ length: seeds }, (_, seed) => seed + 1).flatMap((seed) =>
    (['writer-independent', 'word-disjoint'] as const satisfies readonly Split[]).flatMap((split) =>
      Object.entries(wordVariants(quick)).map(([variant, recipe]): Cell => {
        const independent = split === 'writer-independent'
        const config: Config = {
          split,
          fold: foldOf(seed),
          trainWords: quick ? (independent ? 20 : 16) : independent ? 100 : 80,
          testWords: quick ? (independent ? 15 : 3) : independent ? 50 : 10,
          longest: quick ? 4 : null,
          model: networkOf(quick),
          recipe,
          epochs: quick ? 16 : 30,
          batchSize: quick ? 32 : 64,
          learningRate: quick ? 0.006 : 0.002,
          weightDecay: 0.01,
          warmupEpochs: quick ? 1 : 2,
          augmentations: quick ? [] : USUAL_AUGMENTATIONS,
          seed,
          measureEvery: 2,
        }
        return { condition: independent ? 'virtual, unseen writers' : 'virtual, unseen words', variant, fold: config.fold, seed, config }
      }),
    ),
  )
}

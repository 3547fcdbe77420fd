import { join } from 'node:path'
import { USUAL_AUGMENTATIONS } from '../../ml/augment/augment.ts'
import type { ImageNetworkCache } from '../../training/auxiliary/network.ts'
import type { ReadExample } from '../../training/evaluation/evaluate.ts'
import { ImageNetworkStorage } from '../../ml/image/checkpoint.ts'
import { outputsOf } from '../../ml/data/classes.ts'
import { namedConfig, timeReduction, type ModelConfig } from '../../ml/models/index.ts'
import { renderedImages } from '../../words/images.ts'
import { foldOf, type TrialSpec, type Experiment, type Scale } from '../experiment.ts'
import type { FitConfig } from '../fit.ts'
import { ratesOf } from '../outcome.ts'
import { runTrial } from '../trial.ts'
import { benchmarkSignature, VirtualWords, type Share, type Split } from './recordings.ts'
import { inventedWords, SEED, startingWeights, type Start } from './start.ts'
import { WORD_IMAGES, wordVariants } from './variants.ts'

interface Config extends FitConfig, Share {
  start: Start
}

/** Words of whose pictures the image network learns: more than it sees. */
const PICTURED = 20_000

/** What readers of words take in at least: four output frames. */
const MINIMUM_OUTPUTS = 4

/** Virtual people: words of writers, or words, that were held out. */
export const words: Experiment = {
  name: 'words',
  title: 'Words of virtual writers (VirtualWords-500)',
  data: 'virtual: words by 50 virtual writers, 5 of them left-handed; five folds of writers and five of words',
  question:
    'Does CTC with a loss towards word images, or towards texts, read better than CTC alone: writers it never ' +
    'saw, and words it never saw?',
  limits:
    'Virtual writers are not people: these figures cannot be compared with published ones. All variants start ' +
    'from one network that was trained, with CTC and the positions of letters, on other virtual writers and ' +
    'invented words, and share one image network that was trained to read pictures of invented words: what is ' +
    'compared is what a loss adds to that. Losses have their default margins and weights, which were not chosen ' +
    'for these data.',
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
  async open(context, { quick }) {
    const model = network()
    const signature = benchmarkSignature(minimumFrames(model))
    const virtual = new VirtualWords(signature)
    const source = renderedImages()
    const imageCache = new ImageNetworkCaches()
    const start = await startingWeights(startOf(quick), model, signature, context)
    // One network that has learned to read pictures of other words serves all folds.
    const images = {
      drawn: { labels: inventedWords(PICTURED), seed: SEED },
      ...(context.folder === undefined ? {} : { keeper: new ImageNetworkStorage(join(context.folder, 'words')) }),
    }
    return (cell) => {
      const config = cell.config as Config
      return runTrial(
        config,
        { signature, ...virtual.divided(config), source, start, images, imageCache: imageCache.of(cell) },
        context,
        (readings) => byHand(readings, virtual.leftHanded),
      )
    }
  },
}

/** Keeps the image networks of one fold: no other fold has the same words. */
export class ImageNetworkCaches {
  #key = ''
  #imageCache: ImageNetworkCache = new Map()

  of({ condition, fold, seed }: TrialSpec): ImageNetworkCache {
    const key = JSON.stringify([condition, fold, seed])
    if (key !== this.#key) this.#imageCache = new Map()
    this.#key = key
    return this.#imageCache
  }
}

export function minimumFrames(model: ModelConfig): number {
  return MINIMUM_OUTPUTS * timeReduction(model)
}

function byHand(readings: readonly ReadExample[], leftHanded: ReadonlySet<number>): Record<string, number> {
  const [left, right] = [true, false].map((hand) =>
    readings.filter(({ example }) => leftHanded.has(example.writerId) === hand),
  )
  return { cerRight: ratesOf(right!).cer, cerLeft: ratesOf(left!).cer }
}

/** The small network of REWI, as the base model has it. */
function network(): ModelConfig {
  const signature = benchmarkSignature(1)
  return namedConfig('rewi-s', { channels: signature.channels.length, classes: outputsOf(signature) })
}

function startOf(quick: boolean): Start {
  return quick ? { words: 20_000, epochs: 4 } : { words: 60_000, epochs: 5 }
}

function cells({ seeds, quick }: Scale): TrialSpec[] {
  const model = network()
  return Array.from({ length: seeds }, (_, seed) => seed + 1).flatMap((seed) =>
    (['writer-independent', 'word-disjoint'] as const satisfies readonly Split[]).flatMap((split) =>
      Object.entries(wordVariants(quick, { ...WORD_IMAGES, variants: quick ? 2 : WORD_IMAGES.variants })).map(
        ([variant, recipe]): TrialSpec => {
          const independent = split === 'writer-independent'
          const config: Config = {
            split,
            fold: foldOf(seed),
            trainWords: quick ? (independent ? 20 : 16) : independent ? 100 : 80,
            testWords: quick ? (independent ? 30 : 6) : independent ? 100 : 20,
            longest: null,
            start: startOf(quick),
            model,
            recipe,
            epochs: quick ? 8 : 12,
            batchSize: 32,
            learningRate: 0.001,
            weightDecay: 0.01,
            warmupEpochs: 0.5,
            augmentations: USUAL_AUGMENTATIONS,
            seed,
            measureEvery: 2,
          }
          return {
            condition: independent ? 'virtual, unseen writers' : 'virtual, unseen words',
            variant,
            fold: config.fold,
            seed,
            config,
          }
        },
      ),
    ),
  )
}

import { USUAL_AUGMENTATIONS } from '../../ml/augment/augment.ts'
import { classesOf, encode, outputsOf } from '../../ml/data/classes.ts'
import { pieceOf } from '../../ml/data/pieces.ts'
import { KeyedRandom, textKey } from '../../random/keyed.ts'
import { tooShort } from '../../ml/data/select.ts'
import type { Example, ModelSignature } from '../../ml/data/types.ts'
import { namedConfig, timeReduction, type ModelConfig, type ModelName } from '../../ml/models/index.ts'
import { renderedImages } from '../../words/images.ts'
import { foldOf, type TrialSpec, type Experiment, type ExperimentContext, type Scale } from '../experiment.ts'
import type { FitConfig } from '../fit.ts'
import { runTrial } from '../trial.ts'
import { minimumFrames, ImageNetworkCaches } from '../words/experiment.ts'
import { wordSignature } from '../words/recordings.ts'
import { wordVariants } from '../words/variants.ts'
import { foldedSets, readFold, type FoldedSet, type FoldRecording } from './sets.ts'

interface Config extends Omit<FitConfig, 'model'> {
  set: string
  fold: string
  model: ModelName
  /** At most so many recordings to train and to measure on; null takes the whole fold. */
  most: { train: number; test: number } | null
}

const CHOICE = textKey('onhw choice')

/** The published protocol, on a user's own copy of the recordings. */
export const onhw: Experiment = {
  name: 'onhw',
  title: 'Words of OnHW, on your own copy',
  data:
    'the recordings in the folder that was named: OnHW-words500 as published, or sets in the layout of REWI, with ' +
    'their own folds',
  question: 'The published protocol: writer-independent and writer-dependent folds, CTC against CTC with each loss.',
  limits:
    'Greedy decoding, no lexicon. “Best epoch” is how much of the literature reports; the first column is the ' +
    'last epoch.',
  measure: { name: 'cer', label: 'CER', lowerIsBetter: true },
  also: [
    { name: 'bestCer', label: 'CER of the best epoch (chosen on the test data, as in the literature)' },
    { name: 'wer', label: 'WER' },
    { name: 'bestWer', label: 'WER of the best epoch (chosen on the test data, as in the literature)' },
    { name: 'spread', label: 'spread between writers' },
  ],
  baseline: 'plain',
  cells,
  async open(context) {
    const sets = new Map((await foldedSets(context.data)).map((set) => [set.name, set]))
    const source = renderedImages()
    const imageCache = new ImageNetworkCaches()
    let last: { key: string; fold: Fold } | undefined
    return async (cell) => {
      const { model: name, ...config } = cell.config as Config
      const key = JSON.stringify([config.set, config.fold, config.most, name])
      if (last?.key !== key) last = { key, fold: await foldFor(sets.get(config.set)!, cell.config as Config) }
      const { leftOut, ...material } = last.fold
      if (leftOut > 0)
        context.progress(
          `${cell.condition}, fold ${config.fold}: ${leftOut} recordings cannot be trained on (too short for ` +
            'their label, or damaged)',
        )
      return runTrial(
        { ...config, model: material.model },
        { ...material, source, imageCache: imageCache.of(cell) },
        context,
      )
    }
  },
}

interface Fold {
  signature: ModelSignature
  model: ModelConfig
  train: Example[]
  heldOut: Example[]
  leftOut: number
}

/**
 * A fold as examples. What is measured on is never left out for being hard: a word too long for its frames counts as
 * misread.
 */
async function foldFor(set: FoldedSet, { fold, model: name, most }: Config): Promise<Fold> {
  const read = await readFold(set, fold)
  const random = new KeyedRandom(CHOICE, textKey(fold))
  const [train, heldOut] = most
    ? [random.shuffled(read.train).slice(0, most.train), random.shuffled(read.heldOut).slice(0, most.test)]
    : [read.train, read.heldOut]
  const labels = [...train, ...heldOut].map(({ label }) => label)
  const classes = outputsOf({ task: 'ctc', classes: classesOf(labels, 'ctc') })
  const model = namedConfig(name, { channels: 13, classes })
  const signature = wordSignature(labels, minimumFrames(model))
  const writers = [...new Set([...train, ...heldOut].map(({ writer }) => writer))].sort()
  const exampleOf = ({ writer, label, signal }: FoldRecording, at: number): Example => {
    const values = pieceOf(signal, signature)
    return {
      id: at + 1,
      writerId: writers.indexOf(writer) + 1,
      writerName: writer,
      label,
      target: encode(signature, label),
      frames: values.length / signature.channels.length,
      values,
    }
  }
  const all = train.map(exampleOf)
  const fitting = all.filter(
    ({ target, frames }) => tooShort(target, frames, { ...signature, reduction: timeReduction(model) }) === null,
  )
  return {
    signature,
    model,
    train: fitting,
    heldOut: heldOut.map((recording, at) => exampleOf(recording, train.length + at)),
    leftOut: read.refused + all.length - fitting.length,
  }
}

async function cells({ seeds, quick }: Scale, context: ExperimentContext): Promise<TrialSpec[]> {
  const sets = await foldedSets(context.data)
  return Array.from({ length: seeds }, (_, seed) => seed + 1).flatMap((seed) =>
    sets.flatMap((set) =>
      Object.entries(wordVariants(quick)).map(([variant, recipe]): TrialSpec => {
        const fold = foldOf(seed) % set.folds.length
        const config: Config = {
          set: set.name,
          fold: set.folds[fold]!,
          most: quick ? { train: 400, test: 150 } : null,
          model: quick ? 'small' : 'rewi-s',
          recipe,
          epochs: quick ? 10 : 30,
          batchSize: quick ? 32 : 64,
          learningRate: quick ? 0.006 : 0.002,
          weightDecay: 0.01,
          warmupEpochs: quick ? 1 : 2,
          augmentations: quick ? [] : USUAL_AUGMENTATIONS,
          seed,
          measureEvery: quick ? 5 : 1,
        }
        return { condition: `${set.virtual ? 'virtual, ' : ''}${set.name}, ${set.split}`, variant, fold, seed, config }
      }),
    ),
  )
}

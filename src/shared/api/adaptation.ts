import * as v from 'valibot'
import { Problem, Said } from '../messages/message.ts'
import { command, count, done, event, id, instant, name, nothing, path, query } from './contract.ts'
import { Recipe } from './recipe.ts'
import { Label } from './recordings.ts'
import { AdaptationRecipe, Model } from './training.ts'

/** Fitting a model to one writer: what it is made from, what it is worth, and which model reads whom. */

/** Fewer words are not adapted with: no figure could be told. */
export const FEWEST_WORDS = 5

export const AdaptationOrder = v.strictObject({
  writerId: id,
  /** The model to start from; without it, the one that would read this writer if there were no version. */
  modelId: v.optional(v.nullable(id), null),
  recipe: v.optional(AdaptationRecipe, 'all'),
  /** The task alone, or a cross-modal loss beside it. */
  loss: v.optional(Recipe, { kind: 'plain' }),
  /** Only words with this tag, such as `enrolment`: the others are left to measure on. */
  tag: v.optional(v.pipe(v.string(), v.trim(), v.nonEmpty('must not be empty'))),
  /** Whether virtual words that are stored of a real writer are learned from, too. */
  includeVirtual: v.exactOptional(v.boolean()),
  /** Recordings that are not to be adapted with, such as doubtful ones. */
  leaveOut: v.optional(v.array(id), []),
  /**
   * Whether to practise on synthetic writers of the writer’s style before; where that can be done if nothing is said.
   */
  synthetic: v.exactOptional(v.boolean()),
  seed: v.optional(count, 1),
})
export type AdaptationOrder = v.InferOutput<typeof AdaptationOrder>

/** A share with its 95 % bootstrap interval over words. Rates may exceed 1. */
export const Rate = v.object({ value: v.number(), low: v.number(), high: v.number() })
export type Rate = v.InferOutput<typeof Rate>

/**
 * A rate of two models. `change` is after minus before, paired by word: below 0 is better of errors, above 0 of what is
 * right.
 */
const Rates = v.object({ before: Rate, after: Rate, change: Rate })

/** The same words read by two models. */
export const Comparison = v.object({
  words: count,
  writers: count,
  cer: Rates,
  wer: Rates,
  /** The share that is right, where the models read whole labels: there it is the one figure that means something. */
  accuracy: v.exactOptional(Rates),
})
export type Comparison = v.InferOutput<typeof Comparison>

/** A word that two models read differently well. */
export const ChangedWord = v.object({ recordingId: id, label: v.string(), before: v.string(), after: v.string() })
export type ChangedWord = v.InferOutput<typeof ChangedWord>

/** What an adaptation is worth. Nothing in it was measured on a word that the measured weights had learned from. */
export const AdaptationReport = v.object({
  /**
   * On the writer's own words. `cross-validated`: in turn, a part of the words was left out and read by weights adapted
   * with the others; the version itself adapted with all. `held out`: the version never adapted with them.
   */
  own: v.object({ how: v.picklist(['cross-validated', 'held out']), folds: count, ...Comparison.entries }),
  /**
   * On fixed words of others: what was forgotten. `virtual` others are simulations. Null where there is nobody to
   * measure on.
   */
  others: v.nullable(v.object({ kind: v.picklist(['recorded', 'virtual']), ...Comparison.entries })),
  /** The writer's own words, most changed first. */
  better: v.array(ChangedWord),
  worse: v.array(ChangedWord),
  /** Words read as well, or as badly, as before. */
  same: count,
  /** Words beside the writer's own that kept the model from forgetting. */
  rehearsalBuffer: v.object({ kind: v.picklist(['recorded', 'virtual', 'none']), words: count }),
  /**
   * Words of synthetic writers of the writer’s style that were practised on before; reports of earlier versions of the
   * app know none.
   */
  synthetic: v.optional(count, 0),
  /** Weights that could change, and all. */
  weights: v.object({ trained: count, all: count }),
  seconds: v.number(),
})
export type AdaptationReport = v.InferOutput<typeof AdaptationReport>

/**
 * `candidate`: finished, measured, waits for the person. `kept` or `discarded`: the person has decided.
 * `interrupted`, `cancelled` and `failed` ones can be resumed.
 */
export const AdaptationState = v.picklist([
  'queued',
  'preparing',
  'running',
  'candidate',
  'kept',
  'discarded',
  'cancelled',
  'failed',
  'interrupted',
])
export type AdaptationState = v.InferOutput<typeof AdaptationState>

/** One adaptation and, once finished, the version of the model that came of it. */
export const Adaptation = v.object({
  id,
  writerId: id,
  writerName: name,
  /** Counts the adaptations of the writer, from 1. */
  version: count,
  recipe: AdaptationRecipe,
  loss: Recipe,
  state: AdaptationState,
  /** Whether this version reads the writer now. */
  active: v.boolean(),
  /** What it was adapted from; null once that was deleted. */
  from: v.nullable(v.object({ modelId: id, name: v.string() })),
  /** The version's own model; null before the end, and once discarded. */
  modelId: v.nullable(id),
  runId: v.nullable(id),
  startedAt: instant,
  endedAt: v.nullable(instant),
  /** Share of the whole that is done, measuring included, 0 to 1. */
  progress: v.number(),
  /** Words of the writer that it adapts with. */
  words: count,
  report: v.nullable(AdaptationReport),
  problem: v.nullable(Problem),
})
export type Adaptation = v.InferOutput<typeof Adaptation>

/**
 * Which model reads a writer, and why: the writer's active version, what a person chose, the base model, or the newest
 * that fits.
 */
export const ModelChoice = v.object({
  /** Null where no model fits. */
  model: v.nullable(Model),
  why: v.picklist(['version', 'chosen', 'base', 'newest', 'none']),
  /** The active version's number; null without one. */
  version: v.nullable(count),
  /** The reason in a sentence. */
  reason: Said,
})
export type ModelChoice = v.InferOutput<typeof ModelChoice>

/** A word whose label the model strongly doubts: perhaps not what was written. */
export const DoubtfulWord = v.object({
  recordingId: id,
  label: Label,
  reads: v.string(),
  /** How sure the model is that this is not what was written, 0 to 1. */
  doubt: v.number(),
})
export type DoubtfulWord = v.InferOutput<typeof DoubtfulWord>

/** Traits of a style that words show well, in mm, degrees, shares, newtons and seconds. */
export const STYLE_TRAITS = ['x-height', 'slant', 'joining', 'force', 'lift', 'altitude'] as const

/**
 * What some words tell of the writer’s style, as traits of virtual writers, and words that synthetic writers of that
 * style write.
 */
export const StyleEstimate = v.object({
  /** Words it is told by. */
  words: count,
  /** Estimates, each with the range in which it lies 95 times in 100 for virtual writers. */
  traits: v.array(v.object({ name: v.picklist(STYLE_TRAITS), value: v.number(), low: v.number(), high: v.number() })),
  /** The font that small letters and capitals are most likely shaped after, and how likely. */
  fonts: v.array(v.object({ role: v.picklist(['small', 'capital']), font: v.string(), share: v.number() })),
  /**
   * A word of the writer, and its strokes as some synthetic writers write it: x and y in mm in turn, y down the page.
   */
  text: Label,
  synthetic: v.array(v.array(v.array(v.number()))),
})
export type StyleEstimate = v.InferOutput<typeof StyleEstimate>

const which = v.strictObject({ id })
const target = v.strictObject({ writerId: id, modelId: v.optional(v.nullable(id), null) })

export const adaptation = {
  /** What an adaptation would learn from, before it starts. */
  'adapt.preview': query(
    AdaptationOrder,
    v.object({
      from: v.object({ modelId: id, name: v.string() }),
      /** Words that can be adapted with, and what is left out for which reason. */
      words: count,
      /** Virtual words that are stored of a real writer; 0 for a virtual one. */
      virtualWords: count,
      /** Of the words to be adapted with, those that are not virtual. */
      ownWords: count,
      leftOut: v.array(v.object({ reason: Said, recordings: count })),
      /** Letters of the model that the words cover, and those that they do not. */
      covered: v.string(),
      missing: v.string(),
      /** How many letters, or whole labels, that is. */
      coveredCount: count,
      missingCount: count,
      how: v.picklist(['cross-validated', 'held out']),
      /** Words that the version learns from, and words it is measured on. */
      learned: count,
      measured: count,
      rehearsalBuffer: v.object({ kind: v.picklist(['recorded', 'virtual', 'none']), words: count }),
      /** Words of synthetic writers of the writer’s style that can be practised on before. */
      synthetic: count,
      others: v.nullable(v.object({ kind: v.picklist(['recorded', 'virtual']), words: count, writers: count })),
      /** Why it cannot start, with the way out; null where it can. */
      refused: v.nullable(Problem),
    }),
  ),
  /**
   * Words whose labels the model strongly doubts, most doubtful first: to be looked at before adapting. Takes a moment.
   */
  'adapt.doubtfulLabels': query(target, v.object({ looked: count, words: v.array(DoubtfulWord) })),
  /**
   * The style estimated from the writer's words; null where the model has no style estimator, or no word can be read.
   * Takes a moment.
   */
  'adapt.style': query(target, v.nullable(StyleEstimate)),
  /**
   * Words to write that cover the model's letters, the fewest words first needed first; for a session by
   * `record.start`.
   */
  'adapt.enrolment': query(
    v.strictObject({ ...target.entries, words: v.optional(v.pipe(count, v.minValue(1), v.maxValue(200)), 20) }),
    v.object({ prompts: v.array(Label), covered: v.string(), missing: v.string() }),
  ),
  /** Starts an adaptation; its end is a candidate. Refused with fewer than five words. */
  'adapt.start': command(AdaptationOrder, Adaptation),
  'adapt.cancel': command(which, Adaptation),
  /** Goes on with one that was cancelled, interrupted or failed. */
  'adapt.resume': command(which, Adaptation),
  /** All adaptations, or a writer's, newest first. */
  'adapt.list': query(v.strictObject({ writerId: v.optional(id) }), v.array(Adaptation)),
  /** Keeps a candidate: from now on it reads the writer. */
  'adapt.keep': command(which, Adaptation),
  /** Throws a candidate away, with its weights; the report stays. */
  'adapt.discard': command(which, Adaptation),
  /** Makes a kept version the one that reads the writer. */
  'adapt.restore': command(which, Adaptation),
  /** Lets no version read the writer, as before the first adaptation. The versions stay. */
  'adapt.deactivate': command(v.strictObject({ writerId: id }), ModelChoice),
  /** Deletes an adaptation with its version, its report and what is left of its run. */
  'adapt.delete': command(which, done),
  /** Writes a version's weights (safetensors) and card (JSON) into a folder. */
  'adapt.export': command(v.strictObject({ id, path }), v.object({ files: v.array(v.string()) })),
  /** Reads, with two models, the writer's words that neither learned from. Takes a moment. */
  'adapt.compare': query(
    v.strictObject({ writerId: id, before: id, after: id }),
    v.object({ comparison: Comparison, better: v.array(ChangedWord), worse: v.array(ChangedWord), same: count }),
  ),
  /** Which model reads a writer (null: somebody unnamed), on a device where one is named. */
  'adapt.modelFor': query(v.strictObject({ writerId: v.nullable(id), deviceId: v.optional(v.string()) }), ModelChoice),
  /** Says which model reads a writer without a version, or everybody without a writer; null leaves it to Kalamos. */
  'adapt.choose': command(v.strictObject({ writerId: v.nullable(id), modelId: v.nullable(id) }), ModelChoice),
  /** The model of every writer, for lists. */
  'adapt.choices': query(nothing, v.array(v.object({ writerId: id, choice: ModelChoice }))),
}

export const adaptationEvents = {
  'adapt.changed': event(Adaptation),
  /** An adaptation and its version are gone. */
  'adapt.deleted': event(which),
  /** Which model reads a writer may have changed; null: for everybody. */
  'adapt.choice': event(v.object({ writerId: v.nullable(id) })),
}

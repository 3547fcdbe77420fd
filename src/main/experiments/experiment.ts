import type { OpenEngine } from '../training/types.ts'
import type { Trial, TrialKey } from '../store/trials.ts'
import type { FitEpoch } from './fit.ts'

/** One network to train and measure, with all that it is made from. */
export interface TrialSpec extends Omit<TrialKey, 'experiment' | 'size'> {
  /** Plain data: a stored trial with the same config is not run again. */
  config: unknown
}

/** What a trial measured after its last epoch. Rates are shares, 0 to 1. */
export interface Outcome {
  measures: Record<string, number>
  /** Empty where nothing is measured along the way. */
  curve: FitEpoch[]
  seconds: number
  /** The image network's own reading of pictures that it was not trained on. */
  image?: { cer: number; accuracy: number; pictures: number } | undefined
  backend: string
}

export interface Scale {
  seeds: number
  quick: boolean
}

export interface ExperimentContext {
  openEngine: OpenEngine
  /** Folder of recordings that a user brings, where an experiment needs one. */
  data: string
  /** Card of the model that is adapted, where a study does; the one that ships without it. */
  base?: string
  /** Where networks that trials share are kept. */
  folder?: string
  signal?: AbortSignal
  progress(text: string): void
}

/** A study: which networks it compares, and how one of them is trained. */
export interface Experiment {
  name: string
  title: string
  /** What the data are, for every table: virtual, synthetic or real people. */
  data: string
  /** What is asked, in a sentence or two. */
  question: string
  /** The measure that variants are compared by, and whether less of it is better. */
  measure: { name: string; label: string; lowerIsBetter: boolean }
  /** Further measures for the table. */
  also: readonly { name: string; label: string }[]
  /** The variant that all others are compared with. */
  baseline: string
  /** Whether its conditions are degrees of one thing, so that a mean over them says something. */
  together?: true
  cells(scale: Scale, context: ExperimentContext): TrialSpec[] | Promise<TrialSpec[]>
  /** Gets ready what all cells share; returns how one is run. */
  open(context: ExperimentContext, scale: Scale): Promise<(cell: TrialSpec) => Promise<Outcome>>
  /** What each variant should do and why, written before it was measured. */
  expected?: Readonly<Record<string, string>>
  /** What its figures do not show, in a sentence or two. */
  limits?: string
  /** What the study is after, as figures in words, where a table does not say it. */
  goals?: (trials: readonly Trial[]) => string[]
}

/** Folds of studies that are divided into five. */
export const FOLDS = 5

/**
 * The fold that a seed trains and measures on: five seeds measure every fold once, so that no fold counts twice before
 * all have counted.
 */
export function foldOf(seed: number): number {
  return (seed - 1) % FOLDS
}

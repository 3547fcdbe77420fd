import type { DeviceProfile } from '../../shared/api/devices.ts'
import type { Reason, Thresholds } from '../../shared/api/quality.ts'
import type { Signal } from '../../shared/signal.ts'

/** What a model makes of a recording whose label is known. */
export interface Doubt {
  /** What it reads instead. */
  reads: string
  /** How sure it is that this is not the label, 0 to 1. */
  doubt: number
}

/** All that a verdict rests on. */
export interface Evidence {
  signal: Signal
  /** What was to be written; null where nobody knows yet. */
  label: string | null
  /**
   * How the pen was read; null where nobody knows, as of recordings of other programs: its ranges and its tip are not
   * judged then.
   */
  profile: Pick<DeviceProfile, 'channels' | 'segmentation'> | null
  /** The word before, which this one may be a copy of. */
  before?: Signal | null
  /** Whether the frames came straight from a pen, so that their arrival tells its rate where it has no clock. */
  live?: boolean
  doubt?: Doubt | null
}

/** One thing to look for; null where all is well. Several of a kind are told by their worst. */
export type Check = (evidence: Evidence, thresholds: Thresholds) => Reason | null

/** Where a figure lies: null up to `check`, which is still well. */
export function beyond(figure: number, { check, redo }: { check: number; redo: number }): Reason['level'] | null {
  return figure > redo ? 'redo' : figure > check ? 'check' : null
}

/** The same for a figure of which less is worse. */
export function below(figure: number, { check, redo }: { check: number; redo: number }): Reason['level'] | null {
  return figure < redo ? 'redo' : figure < check ? 'check' : null
}

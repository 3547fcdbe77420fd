import type { Segmentation } from '../../shared/api/devices.ts'
import { KalamosError } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'
import type { Channel, FrameBlock } from '../../shared/signal.ts'
import { quantile } from '../statistics/quantile.ts'
import { createActivity } from './activity.ts'
import { PauseEstimate } from './pauses.ts'

/** What ten seconds of writing and resting say about how words are to be cut. */
export interface SegmentationProposal {
  segmentation: Segmentation
  /**
   * Activity in the threshold's unit: while resting (90 % of the frames are below `rest`, the others may be bumps), and
   * of a stroke while writing.
   */
  rest: number
  ink: number
  /** Whether the pause was seen, too; else it is the one of before. */
  pauseLearned: boolean
}

/** Writing must stand out from resting by this factor, or a threshold between them would be chance. */
const LEAST_CONTRAST = 2.5
const LEAST_SECONDS = 1
/** Shares of the frames that are below what counts as rest and as ink. */
const REST = 0.9
const INK = 0.8
/**
 * Where between rest and ink the threshold lies: low, so that light beginnings of strokes are kept. Force in
 * proportion, the others on a logarithmic scale.
 */
const THRESHOLD_AT = { force: 0.2, vibration: 1 / 3, motion: 1 / 2 }

/**
 * Proposes how to cut words, from frames of somebody who wrote and then held the pen still and lifted. Force is
 * preferred where it tells the two apart, then vibration, then motion. `now` gives what is not seen: shortest word, and
 * pause.
 *
 * Throws `empty-recording` where there are too few frames, `device-unsuitable` where writing and resting look alike.
 */
export function proposeSegmentation(
  { writing, resting }: { writing: readonly FrameBlock[]; resting: readonly FrameBlock[] },
  channels: readonly Channel[],
  rateHz: number,
  now: Segmentation,
): SegmentationProposal {
  for (const [phase, blocks] of [
    ['writing', writing],
    ['resting', resting],
  ] as const) {
    if (framesOf(blocks) >= LEAST_SECONDS * rateHz) continue
    throw new KalamosError(
      'empty-recording',
      say(phase === 'writing' ? 'record.too-few-frames-writing' : 'record.too-few-frames-resting'),
      say('record.see-devices-page-whether'),
    )
  }
  const seen = (['force', 'vibration', 'motion'] as const).flatMap((by) => {
    const levels = levelsBy(by, writing, resting, channels, rateHz)
    return levels && levels.ink > LEAST_CONTRAST * levels.rest && levels.ink > 0 ? [{ by, ...levels }] : []
  })[0]
  if (!seen) {
    throw new KalamosError(
      'device-unsuitable',
      say('record.writing-resting-look-alike'),
      say('record.write-some-words-first'),
    )
  }
  const { by, rest, ink } = seen
  const threshold = tidy(thresholdBetween(by, rest, ink))
  const pauses = new PauseEstimate(now.pauseMs)
  observe(writing, { ...now, by, threshold }, channels, rateHz, pauses)
  const pauseMs = Math.min(10_000, Math.max(50, Math.round(pauses.pauseMs / 10) * 10))
  return { segmentation: { ...now, by, threshold, pauseMs }, rest, ink, pauseLearned: pauses.isLearned }
}

function thresholdBetween(by: Segmentation['by'], rest: number, ink: number): number {
  const share = THRESHOLD_AT[by]
  if (by === 'force') return rest + share * (ink - rest)
  const least = Math.max(rest, ink / 100)
  return least * (ink / least) ** share
}

/** Activity at rest and of strokes, or null where the pen has no channels for it. */
function levelsBy(
  by: Segmentation['by'],
  writing: readonly FrameBlock[],
  resting: readonly FrameBlock[],
  channels: readonly Channel[],
  rateHz: number,
): { rest: number; ink: number } | null {
  try {
    const activity = createActivity(by, channels, rateHz)
    const levels = (blocks: readonly FrameBlock[]): number[] =>
      blocks
        .flatMap(({ count, values }) =>
          Array.from({ length: count }, (_, frame) => activity(values, frame * channels.length)),
        )
        .filter(Number.isFinite)
    // In the order of time: the running mean of gravity settles while somebody writes.
    const written = levels(writing)
    const rested = levels(resting)
    return { ink: quantile(written, INK, 'above'), rest: quantile(rested, REST, 'above') }
  } catch (error) {
    if (error instanceof KalamosError && error.code === 'device-unsuitable') return null
    throw error
  }
}

/** Lets an estimate hear the gaps between the strokes of some frames. */
function observe(
  blocks: readonly FrameBlock[],
  settings: Segmentation,
  channels: readonly Channel[],
  rateHz: number,
  pauses: PauseEstimate,
): void {
  const activity = createActivity(settings.by, channels, rateHz)
  let frame = 0
  let last: number | undefined
  for (const { count, values, lostBefore } of blocks) {
    for (let i = 0; i < count; i++) {
      frame += 1 + lostBefore[i]!
      if (activity(values, i * channels.length) <= settings.threshold) continue
      if (last !== undefined && frame - last > 1) pauses.lifted(((frame - last) * 1000) / rateHz)
      last = frame
    }
  }
}

function framesOf(blocks: readonly FrameBlock[]): number {
  return blocks.reduce((sum, { count }) => sum + count, 0)
}

/** Two significant digits: more would claim a precision that ten seconds do not give. */
function tidy(value: number): number {
  return Number(value.toPrecision(2))
}

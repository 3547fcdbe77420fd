/** How close re-enacted words come to real pens, and to what tablets measured of writers who were not fitted. */
import measured from '../simulator/measured-hands.json' with { type: 'json' }
import { pathSpeeds, type PenPath } from '../simulator/pen-path.ts'
import { median, quantile } from '../statistics/quantile.ts'
import type { CorpusRecording } from './corpus.ts'
import type { MeasuredHands } from './pen-paths/hands.ts'
import { compared, SampleStatistics, type Statistic } from './statistics.ts'

export interface ReenactedReport {
  reenacted: true
  sample: { recordings: number; people: number }
  /**
   * Published figures of real pens. A tablet's words are other words, by other people: length and speed differ as these
   * do.
   */
  statistics: Statistic[]
  /** Figures of the same words as the tablet measured them, and of hands that were not fitted. */
  compared: { name: string; unit: string; target: number; value: number }[]
}

/**
 * Measures re-enacted words; `hands` are of the writers who were held out when hands were fitted, where the sets are at
 * hand.
 */
export function reenactedReport(
  recordings: Iterable<CorpusRecording>,
  paths: readonly PenPath[],
  hands: MeasuredHands | null,
): ReenactedReport {
  const sample = new SampleStatistics()
  const people = new Set<string>()
  for (const { writer, recording } of recordings) {
    people.add(writer.name)
    sample.add(recording)
  }
  const speeds = paths.flatMap(pathSpeeds)
  return {
    reenacted: true,
    sample: { recordings: sample.recordings, people: people.size },
    statistics: compared(sample),
    compared: [
      {
        name: 'tip speed of these words, median',
        unit: 'mm/s',
        target: median(speeds),
        value: median(sample.tipSpeed),
      },
      {
        name: 'tip speed of these words, 95th percentile',
        unit: 'mm/s',
        target: quantile(speeds, 0.95),
        value: quantile(sample.tipSpeed, 0.95),
      },
      ...(hands === null ? [] : byHands(hands)),
    ],
  }
}

function byHands({ lifts, tilt, force }: MeasuredHands): ReenactedReport['compared'] {
  const row = (name: string, unit: string, target: number, value: number) => ({
    name: `${name}, writers held out`,
    unit,
    target,
    value,
  })
  const over = (fit: { constant: number; distance: number }, mm: number) =>
    1000 * Math.exp(fit.constant + fit.distance * Math.log1p(mm / 5))
  return [
    row('time in the air over 2 mm', 'ms', over(lifts, 2), over(measured.lifts, 2)),
    row('time in the air over 10 mm', 'ms', over(lifts, 10), over(measured.lifts, 10)),
    row('spread of times in the air of one person', 'log', lifts.within, measured.lifts.within),
    row('altitude', 'deg', tilt.altitude.mean, measured.tilt.altitude.mean),
    row('altitude, wander along a line', 'deg', tilt.altitude.wander, measured.tilt.altitude.wander),
    row('azimuth', 'deg', tilt.azimuth.mean, measured.tilt.azimuth.mean),
    row('azimuth, wander along a line', 'deg', tilt.azimuth.wander, measured.tilt.azimuth.wander),
    row('pivot of tilting', 'mm', tilt.pivot, measured.tilt.pivot),
    row('pivot of turning', 'mm', tilt.turnPivot, measured.tilt.turnPivot),
    row('force of down-strokes', 'of mean', force.downstroke.mean, measured.force.downstroke.mean),
    row('spread of force between strokes', 'log', force.level, measured.force.level),
    row('wander of force within a stroke', 'of mean', force.rest, measured.force.rest),
  ]
}

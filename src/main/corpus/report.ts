/** How close the virtual pen comes to real ones: statistics beside their targets, and a page with plots. */
import { median, quantile } from '../statistics/quantile.ts'
import { benchmarkRecordings } from './benchmark.ts'
import { drawStrokes } from '../simulator/ink.ts'
import { histogram, lines, type Series } from './plot.ts'
import { escaped } from './svg.ts'
import { CHANNELS } from '../simulator/profile.ts'
import { measureReality } from './reality.ts'
import type { Reality } from './reality.ts'
import { simulateWord } from '../simulator/simulate.ts'
import type { VirtualRecording } from '../simulator/simulate.ts'
import { SampleStatistics, compared } from './statistics.ts'
import type { Statistic } from './statistics.ts'
import { drawWriter } from '../simulator/writer.ts'
import type { VirtualWriter } from '../simulator/writer.ts'

/** A figure of real recordings beside the same figure of virtual ones, without a published tolerance. */
export interface Comparison {
  name: string
  unit: string
  real: number
  virtual: number
}

export interface Report {
  virtual: true
  /** What was simulated for it. */
  sample: { recordings: number; writers: number }
  statistics: Statistic[]
  comparisons: Comparison[]
  /** Why figures of real recordings are missing, if they are. */
  missing: string[]
  words_per_second: number
}

export interface ReportInput {
  recordings: Iterable<{ writer: Pick<VirtualWriter, 'seed'>; recording: VirtualRecording }>
  /** Folder of real recordings; the default is where they lie beside a checkout. */
  realRecordings?: string
}

/** Every writer of the benchmark with the first 20 of its words: the sample on which the figures are stated. */
export function reportSample(): Iterable<{ writer: VirtualWriter; recording: VirtualRecording }> {
  return benchmarkRecordings({ perWriter: 20 })
}

/**
 * Measures a sample and writes the page. `words_per_second` counts the processor time of this thread while it
 * simulates, so that a busy machine does not change it.
 */
export function report(input: ReportInput): { report: Report; page: string } {
  const sample = new SampleStatistics()
  const writers = new Set<number>()
  const items = input.recordings[Symbol.iterator]()
  warmUp()
  let millis = 0
  for (;;) {
    const began = process.threadCpuUsage()
    const { value, done } = items.next()
    const used = process.threadCpuUsage(began)
    millis += (used.user + used.system) / 1000
    if (done === true) break
    writers.add(value.writer.seed)
    sample.add(value.recording)
  }
  const reality = measureReality(input.realRecordings)
  const single = singleTasks()
  const report: Report = {
    virtual: true,
    sample: { recordings: sample.recordings, writers: writers.size },
    statistics: compared(sample),
    comparisons: comparisonsOf(sample, reality, single),
    missing: (['stylus', 'pen', 'letters'] as const)
      .filter((name) => reality[name] === undefined)
      .map((name) => `skipped: real recordings not found (${name})`),
    words_per_second: Math.floor((1000 * sample.recordings) / millis),
  }
  return { report, page: page(report, sample, reality, single) }
}

/** Fonts are read and the code is compiled before anything is timed. */
function warmUp(): void {
  const writer = drawWriter(1)
  for (let take = 0; take < 60; take++) simulateWord(writer, 'Anlauf', { take })
}

interface SingleTasks {
  computer: SampleStatistics
  presses: number[]
  letterMillis: number[]
}

/** What the real sets hold: the word “Computer” and single letters, by 20 virtual writers. */
function singleTasks(): SingleTasks {
  const tasks: SingleTasks = { computer: new SampleStatistics(), presses: [], letterMillis: [] }
  for (let seed = 1; seed <= 20; seed++) {
    const writer = drawWriter(seed)
    const word = simulateWord(writer, 'Computer')
    tasks.computer.add(word)
    tasks.presses.push(word.strokes.length)
    for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
      const { strokes } = simulateWord(writer, letter)
      tasks.letterMillis.push(strokes.at(-1)!.t.at(-1)! - strokes[0]!.t[0]!)
    }
  }
  return tasks
}

function comparisonsOf(sample: SampleStatistics, { stylus, pen, letters }: Reality, single: SingleTasks): Comparison[] {
  return [
    {
      name: 'published of OnHW-chars: |Acc1|, 10th percentile',
      unit: 'counts',
      real: 16313,
      virtual: quantile(sample.acc1, 0.1),
    },
    {
      name: 'published of OnHW-chars: |Acc1|, 90th percentile',
      unit: 'counts',
      real: 17050,
      virtual: quantile(sample.acc1, 0.9),
    },
    ...(stylus === undefined
      ? []
      : [
          {
            name: 'stylus-words: tip speed, median',
            unit: 'mm/s',
            real: median(stylus.speeds),
            virtual: median(sample.tipSpeed),
          },
          {
            name: 'stylus-words: tip speed, 95th percentile',
            unit: 'mm/s',
            real: quantile(stylus.speeds, 0.95),
            virtual: quantile(sample.tipSpeed, 0.95),
          },
          {
            name: 'stylus-words: pressure, median',
            unit: 'of full',
            real: median(stylus.pressures),
            virtual: median(sample.pressure),
          },
          {
            name: 'stylus-words: share of the time on paper, median',
            unit: '',
            real: median(stylus.downShares),
            virtual: median(sample.downShare),
          },
        ]),
    ...(pen === undefined
      ? []
      : [
          {
            name: 'pen-computer: frames of “Computer”, median',
            unit: 'frames',
            real: median(pen.frames),
            virtual: median(single.computer.frames),
          },
          {
            name: 'pen-computer: share of the time on paper, median',
            unit: '',
            real: median(pen.downShares),
            virtual: median(single.computer.downShare),
          },
          {
            name: 'pen-computer: presses in “Computer”, median',
            unit: '',
            real: median(pen.presses),
            virtual: median(single.presses),
          },
        ]),
    ...(letters === undefined
      ? []
      : [
          {
            name: 'letter-strokes: time of a letter (drawn with a mouse), median',
            unit: 'ms',
            real: median(letters.millis),
            virtual: median(single.letterMillis),
          },
        ]),
  ]
}

const REAL = '#b45309'
const VIRTUAL = '#1d4ed8'

function page(
  report: Report,
  sample: SampleStatistics,
  { stylus, pen, letters }: Reality,
  single: SingleTasks,
): string {
  const series = (virtual: readonly number[], real?: readonly number[]): Series[] => [
    { name: 'virtual', colour: VIRTUAL, values: virtual },
    ...(real === undefined ? [] : [{ name: 'real', colour: REAL, values: real }]),
  ]
  const plots = [
    histogram('Tip speed', 'mm/s', series(sample.tipSpeed, stylus?.speeds), [0, 150]),
    histogram('Pressure', 'of full', series(sample.pressure, stylus?.pressures), [0, 1]),
    histogram('Share of the time on paper', '', series(sample.downShare, stylus?.downShares), [0, 1], 25),
    histogram('Length of “Computer”', 'frames', series(single.computer.frames, pen?.frames), [0, 700], 28),
    histogram('Time of a single letter', 'ms', series(single.letterMillis, letters?.millis), [0, 2500], 30),
    histogram('|Acc1|', 'counts', series(sample.acc1), [12000, 21000]),
    histogram('|Gyro| of each axis', 'counts', series(sample.gyro), [0, 3000]),
    histogram('Moving over steady acceleration', '', series(sample.movingOverSteady), [0, 0.4], 30),
    histogram('Length of a word', 'frames', series(sample.frames), [0, 500], 30),
  ]
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Virtual pen and real pens</title>
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c1917}table{border-collapse:collapse}th,td{padding:.25rem .75rem;text-align:left;border-bottom:1px solid #ddd}td.n{text-align:right;font-variant-numeric:tabular-nums}svg text{font-size:11px}figure{display:inline-block;margin:.5rem}.out{color:#b91c1c;font-weight:600}</style>
<h1>The virtual pen compared with real pens</h1>
<p>Everything called virtual here is simulated: ${report.sample.recordings} words by ${report.sample.writers} virtual writers, ${report.words_per_second} words a second on one core.</p>
<h2>Published statistics</h2>
<table><tr><th>Statistic<th>Target<th>Tolerance<th>Virtual<th>Within<th>Source</tr>
${report.statistics.map((row) => `<tr><td>${escaped(row.name)}${unit(row.unit)}<td class="n">${figure(row.target)}<td class="n">± ${figure(row.tolerance)}<td class="n">${figure(row.value)}<td${row.within ? '>yes' : ' class="out">no'}<td>${escaped(row.source)}</tr>`).join('\n')}
</table>
<h2>Real and virtual recordings compared</h2>
${report.missing.map((reason) => `<p>${escaped(reason)}</p>`).join('\n')}
<table><tr><th>Figure<th>Real<th>Virtual</tr>
${report.comparisons.map((row) => `<tr><td>${escaped(row.name)}${unit(row.unit)}<td class="n">${figure(row.real)}<td class="n">${figure(row.virtual)}</tr>`).join('\n')}
</table>
${plots.map((plot) => `<figure>${plot}</figure>`).join('\n')}
<h2>Three virtual recordings</h2>
${[2, 3, 11].map((seed) => specimen(seed)).join('\n')}
</html>
`
}

const unit = (name: string) => (name === '' ? '' : ` <small>${escaped(name)}</small>`)
const figure = (value: number) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2))

/** One word with its image and its signal. */
function specimen(seed: number): string {
  const writer = drawWriter(seed)
  const { signal, strokes, label } = simulateWord(writer, 'Quelle')
  const channel = (c: number) => Array.from({ length: signal.frames }, (_, i) => signal.values[i * CHANNELS + c]!)
  const colours = ['#b91c1c', '#15803d', '#1d4ed8']
  const group = (title: string, unitName: string, from: number, count: number) =>
    lines(
      title,
      unitName,
      Array.from({ length: count }, (_, i) => ({ name: '', colour: colours[i]!, values: channel(from + i) })),
      signal.rateHz,
    )
  const plots = [
    group('Front accelerometer', 'g', 0, 3),
    group('Gyroscope', 'deg/s', 6, 3),
    group('Magnetometer', 'uT', 9, 3),
    group('Force', 'N', 12, 1),
  ]
  const { width, height, pixels } = drawStrokes(strokes, { height: 48 })
  const ink = strokes.map(
    ({ x, y }) =>
      '<polyline fill="none" stroke="#1c1917" stroke-width="0.4" stroke-linecap="round" ' +
      `points="${[...x].map((value, i) => `${value.toFixed(2)},${y[i]!.toFixed(2)}`).join(' ')}"/>`,
  )
  const dark = pixels.reduce((sum, grey) => sum + (grey < 128 ? 1 : 0), 0) / pixels.length
  const [left, right] = [
    Math.min(...strokes.flatMap(({ x }) => [...x])),
    Math.max(...strokes.flatMap(({ x }) => [...x])),
  ]
  return `<h3>${writer.name} (${writer.hand}, ${writer.handedness}-handed): ${label}</h3>
<svg viewBox="${(left - 1).toFixed(1)} -8 ${(right - left + 2).toFixed(1)} 13" height="110" role="img" aria-label="virtual ink of ${label}">${ink.join('')}</svg>
<p><small>word image ${width} x ${height}, ${(100 * dark).toFixed(0)} % ink</small></p>
${plots.map((plot) => `<figure>${plot}</figure>`).join('\n')}`
}

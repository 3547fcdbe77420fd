import { dot, line, niceTicks, picture, text } from '../corpus/svg.ts'
import type { Estimate } from '../statistics/interval.ts'

/** What was measured under one condition, a row a variant. */
export interface IntervalGroup {
  name: string
  rows: readonly { name: string; value: Estimate; isBaseline: boolean }[]
}

export interface IntervalChart {
  title: string
  xLabel: string
  groups: readonly IntervalGroup[]
  /** Formats a value of the axis. */
  format: (value: number) => string
}

const WIDTH = 760
const FRAME = { left: 250, right: 24, top: 34, bottom: 44 }
const [ROW, HEADING, GAP] = [17, 20, 10]

/** Means with their intervals, row by row under the heading of each condition; a line marks the baseline of each. */
export function asIntervals({ title, xLabel, groups, format }: IntervalChart): string {
  const values = groups
    .flatMap(({ rows }) => rows.flatMap(({ value: { mean, low, high } }) => [mean, low, high]))
    .filter(Number.isFinite)
  const ticks = niceTicks(Math.min(0, ...values), Math.max(...values, 1e-9))
  const [low, high] = [ticks[0]!, ticks.at(-1)!]
  const x = (value: number): number => FRAME.left + ((value - low) / (high - low)) * (WIDTH - FRAME.left - FRAME.right)
  const heights = groups.map(({ rows }) => HEADING + rows.length * ROW + GAP)
  const bottom = FRAME.top + heights.reduce((sum, height) => sum + height, 0)
  const body = [
    text([8, 18], title, 'start', 'font-weight="600"'),
    ...ticks.flatMap((tick) => [
      line([x(tick), FRAME.top], [x(tick), bottom], 'stroke="#8884"'),
      text([x(tick), bottom + 16], format(tick), 'middle'),
    ]),
    text([(FRAME.left + WIDTH - FRAME.right) / 2, bottom + 34], xLabel, 'middle'),
    ...groups.flatMap((group, at) =>
      drawn(group, FRAME.top + heights.slice(0, at).reduce((sum, height) => sum + height, 0), x),
    ),
  ]
  return picture(title, [WIDTH, bottom + FRAME.bottom], body)
}

function drawn({ name, rows }: IntervalGroup, top: number, x: (value: number) => number): string[] {
  const baseline = rows.find(({ isBaseline }) => isBaseline)?.value.mean
  const [first, last] = [top + HEADING, top + HEADING + rows.length * ROW]
  return [
    text([8, top + 14], name, 'start', 'font-weight="600"'),
    ...(baseline === undefined || !Number.isFinite(baseline)
      ? []
      : [line([x(baseline), first], [x(baseline), last], 'stroke="#000" stroke-dasharray="2 3"')]),
    ...rows.flatMap(({ name: variant, value: { mean, low, high }, isBaseline }, at) => {
      const y = first + (at + 0.5) * ROW
      const colour = isBaseline ? '#000000' : '#0072B2'
      return [
        text([20, y + 4], variant, 'start'),
        ...(Number.isFinite(low + high)
          ? [line([x(low), y], [x(high), y], `stroke="${colour}" stroke-width="1.5"`)]
          : []),
        ...(Number.isFinite(mean) ? [dot([x(mean), y], 3.5, colour)] : []),
      ]
    }),
  ]
}

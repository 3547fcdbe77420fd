import uPlot from 'uplot'
import type { Lane } from './lanes.ts'
import { trace, type Ink } from './theme.ts'

export interface LanePlotOptions {
  width: number
  height: number
  ink: Ink
  /** Whether this lane carries the time axis: the lowest one. */
  timeAxis: boolean
  /** What the lane shows now, in its unit. */
  range: () => [number, number]
  /** Lanes with the same key share cursor and zoom; null for a live plot, which has neither. */
  syncKey: string | null
  drawBelow?: (plot: uPlot) => void
}

const FONT = '11px ui-sans-serif, system-ui, sans-serif'
export const AXIS_HEIGHT = 22

/** One lane of a stacked plot: the axes of one sensor over time (ms on the axis, shown in s). */
export function lanePlot(lane: Lane, target: HTMLElement, options: LanePlotOptions): uPlot {
  const { ink, syncKey } = options
  const axis: uPlot.Axis = {
    stroke: () => ink('muted'),
    font: FONT,
    grid: { stroke: () => ink('line'), width: 1 },
    ticks: { show: false },
  }
  return new uPlot(
    {
      width: options.width,
      height: options.height + (options.timeAxis ? AXIS_HEIGHT : 0),
      padding: [4, 8, options.timeAxis ? 0 : 4, 0],
      legend: { show: false },
      cursor: syncKey === null ? { show: false } : { y: false, points: { show: false }, drag: { x: true, y: false }, sync: { key: syncKey } },
      scales: { x: { time: false }, y: { auto: false, range: () => options.range() } },
      axes: [
        { ...axis, show: options.timeAxis, size: AXIS_HEIGHT, values: (_plot, ticks) => ticks.map((ms) => `${(ms / 1000).toLocaleString('en')} s`) },
        { ...axis, size: 46, space: 18, values: (_plot, ticks) => ticks.map((value) => value.toLocaleString('en')) },
      ],
      series: [{}, ...lane.channels.map((_channel, i) => ({ stroke: () => ink(trace(i)), width: 1, points: { show: false } }))],
      hooks: options.drawBelow === undefined ? {} : { drawClear: [options.drawBelow] },
    },
    [[], ...lane.channels.map(() => [])],
    target,
  )
}

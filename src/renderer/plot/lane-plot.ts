import uPlot from 'uplot'
import { figure } from '../text/format.ts'
import type { Lane } from './lanes.ts'
import { pixelPath } from './pixel-line.ts'
import { trace, type Ink } from './theme.ts'

export interface LanePlotOptions {
  width: number
  height: number
  ink: Ink
  /** Whether this lane carries the time axis: the lowest one. */
  timeAxis: boolean
  drawBelow?: (plot: uPlot) => void
}

const FONT = '11px ui-sans-serif, system-ui, sans-serif'
export const AXIS_HEIGHT = 22
/** From the left and the right of a lane to its traces, pixels: the numbers of the axis, and air. */
export const [PLOT_LEFT, PLOT_RIGHT] = [46, 8]
/** Above and below the traces of a lane. */
const PADDING = 4

/** One lane of a stacked plot: the axes of one sensor over time (ms on the axis, shown in s). */
export function lanePlot(lane: Lane, target: HTMLElement, options: LanePlotOptions): uPlot {
  const { ink } = options
  const axis: uPlot.Axis = {
    stroke: () => ink('muted'),
    font: FONT,
    grid: { stroke: () => ink('sunken'), width: 1 },
    ticks: { show: false },
  }
  return new uPlot(
    {
      width: options.width,
      height: options.height + (options.timeAxis ? AXIS_HEIGHT : 0),
      padding: [PADDING, PLOT_RIGHT, options.timeAxis ? 0 : PADDING, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false }, y: { auto: false } },
      axes: [
        {
          ...axis,
          show: options.timeAxis,
          size: AXIS_HEIGHT,
          values: (_plot, ticks) => ticks.map((ms) => (ms < 0 ? '' : `${figure(ms / 1000)} s`)),
        },
        {
          ...axis,
          size: PLOT_LEFT,
          space: 16,
          filter: awayFromEdges(options.height - 2 * PADDING),
          values: (_plot, ticks) => ticks.map((value) => (value === null ? '' : figure(value))),
        },
      ],
      series: [
        {},
        ...lane.channels.map((_channel, i) => ({
          stroke: () => ink(trace(i)),
          width: 1,
          paths: pixelPath,
          points: { show: false },
        })),
      ],
      hooks: options.drawBelow === undefined ? {} : { drawClear: [options.drawBelow] },
    },
    [[], ...lane.channels.map(() => [])],
    target,
  )
}

/** Leaves out the ticks whose numbers would be cut off at the top or the bottom of a lane so many pixels high. */
function awayFromEdges(height: number): uPlot.Axis.Filter {
  return (plot, ticks) => {
    const { min = 0, max = 1 } = plot.scales['y'] ?? {}
    const margin = (((max ?? 1) - (min ?? 0)) * 5) / height
    return ticks.map((tick) => (tick < (min ?? 0) + margin || tick > (max ?? 1) - margin ? null : tick))
  }
}

import { describe, expect, it } from 'vitest'
import { EdgeClock } from '../../src/renderer/plot/edge-clock.ts'
import { follow, lanesOf, spanOf } from '../../src/renderer/plot/lanes.ts'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'

describe('lanes of a stacked plot', () => {
  it('are one a sensor, its axes over each other', () => {
    const lanes = lanesOf(PEN_CHANNELS)
    expect(lanes.map((lane) => `${lane.sensor} ${lane.unit} ${lane.axes.join('')}`)).toEqual([
      'acc1 g xyz',
      'acc2 g xyz',
      'gyro deg/s xyz',
      'mag uT xyz',
      'force N force',
    ])
    expect(lanes[2]!.channels).toEqual([6, 7, 8])
  })

  it('do not let the noise of a pen at rest fill the height', () => {
    const [low, high] = spanOf([[0.99, 1.01, null]], 'g')
    expect(high - low).toBeGreaterThan(0.5)
    expect((low + high) / 2).toBeCloseTo(1)
  })

  it('grow at once when the signal does, and shrink slowly', () => {
    expect(follow([-1, 1], [-5, 1])[0]).toBe(-5)
    expect(follow([-5, 5], [-1, 1])[0]).toBeCloseTo(-4.88)
  })
})

describe('the right edge of a live plot', () => {
  it('moves evenly though samples come in bursts', () => {
    const edge = new EdgeClock()
    expect(edge.at(1_000, 500, 1_000)).toBe(500)
    expect(edge.at(1_016, 500, 1_000)).toBe(516)
    expect(edge.at(1_033, 530, 1_033)).toBe(533)
  })

  it('stands still a little after the last sample when the stream stops', () => {
    const edge = new EdgeClock()
    edge.at(0, 1_000, 0)
    expect(edge.at(5_000, 1_000, 0)).toBe(1_400)
    expect(edge.at(9_000, 1_000, 0)).toBe(1_400)
  })

  it('never hides a sample that is there, however fast the stream', () => {
    const edge = new EdgeClock()
    edge.at(0, 0, 0)
    expect(edge.at(10, 100_000, 10)).toBe(100_000)
  })
})

import { describe, expect, it } from 'vitest'
import { ClockDrift } from '../../src/main/pen/connection/clock.ts'
import { TimeGaps } from '../../src/main/pen/connection/gaps.ts'
import { RateMeter } from '../../src/main/pen/connection/rate.ts'

/** A repeatable stand-in for chance, 0 to 1. */
function chance(index: number): number {
  const x = Math.sin(index * 12.9898) * 43758.5453
  return x - Math.floor(x)
}

describe('clock drift', () => {
  it.each([0, 80, -150])('finds %i ppm through bursts of Bluetooth and stalls of the host', (ppm) => {
    const clock = new ClockDrift()
    for (let i = 0; i < 6000; i++) {
      const host = i * 10
      const burst = Math.ceil(host / 45) * 45
      const stall = i % 1000 > 950 ? 400 : 0
      clock.add(host * 1000 * (1 + ppm * 1e-6), 1.7e12 + burst + stall + 8 * chance(i))
    }
    expect(Math.abs(clock.ppm()! - ppm)).toBeLessThan(20)
  })

  it.each([30, 120])('is not misled by %i s that had piled up and came at once', (backlog) => {
    const clock = new ClockDrift()
    const frames = 100 * backlog
    for (let i = 0; i < frames; i++) clock.add(i * 10_000, 1.7e12 + backlog * 1000)
    expect(clock.ppm()).toBeNull()
    for (let i = frames; i < frames + 3000; i++) clock.add(i * 10_000 * (1 + 80e-6), 1.7e12 + i * 10 + 2 * chance(i))
    expect(Math.abs(clock.ppm()! - 80)).toBeLessThan(40)
  })

  it('is not misled by a host that read nothing for half a minute in between', () => {
    const clock = new ClockDrift()
    for (let i = 0; i < 9000; i++) clock.add(i * 10_000, 1.7e12 + (i >= 2000 && i < 5000 ? 50_000 : i * 10))
    expect(Math.abs(clock.ppm()!)).toBeLessThan(20)
  })

  it('says nothing before ten seconds have been seen', () => {
    const clock = new ClockDrift()
    for (let i = 0; i < 900; i++) clock.add(i * 10_000, i * 10)
    expect(clock.ppm()).toBeNull()
  })

  it('begins anew when the device did', () => {
    const clock = new ClockDrift()
    for (let i = 0; i < 2000; i++) clock.add(i * 10_000, i * 10)
    clock.add(0, 20_010)
    expect(clock.ppm()).toBeNull()
  })

  it('has nothing to say about devices without a clock', () => {
    const clock = new ClockDrift()
    for (let i = 0; i < 5000; i++) clock.add(NaN, i * 10)
    expect(clock.ppm()).toBeNull()
  })
})

describe('gaps by device time', () => {
  function lostIn(times: readonly number[]): number[] {
    const gaps = new TimeGaps()
    return times.map((time) => gaps.lostBefore(time))
  }

  it('counts the frames that are missing', () => {
    const times = Array.from({ length: 20 }, (_, index) => index * 2500)
    expect(lostIn(times.filter((_, index) => index < 10 || index > 12))).toEqual([
      ...new Array<number>(10).fill(0),
      3,
      ...new Array<number>(6).fill(0),
    ])
  })

  it('learns the period from the device, through jitter', () => {
    const times = Array.from({ length: 200 }, (_, index) => index * 33_300 + 5000 * chance(index))
    expect(lostIn(times).every((lost) => lost === 0)).toBe(true)
  })

  it('does not take a device that began anew for a gap', () => {
    const first = Array.from({ length: 20 }, (_, index) => 1e9 + index * 10_000)
    expect(lostIn([...first, 0, 10_000]).every((lost) => lost === 0)).toBe(true)
  })
})

describe('the measured rate', () => {
  it('is that of the frames that came, in bursts or not', () => {
    const meter = new RateMeter()
    for (let i = 0; i < 100; i++) meter.add(5, i * 50)
    expect(meter.rateHz(5000)).toBeCloseTo(100, 0)
  })

  it('does not count what had piled up before the first arrival', () => {
    const meter = new RateMeter()
    meter.add(83, 0)
    for (let at = 10; at <= 3000; at += 10) meter.add(1, at)
    expect(meter.rateHz(3000)).toBeCloseTo(100, 6)
  })

  it('stays true through a backlog, while it is in the window and as it leaves it', () => {
    const meter = new RateMeter()
    for (let at = 0; at <= 10_000; at += 10) {
      if (at > 4000 && at < 5000) continue
      meter.add(at === 5000 ? 100 : 1, at)
      if (at >= 3000) expect(meter.rateHz(at), `at ${at} ms`).toBeCloseTo(100, 6)
    }
  })

  it('is unknown when nothing has come for three seconds', () => {
    const meter = new RateMeter()
    for (let i = 0; i < 100; i++) meter.add(1, i * 10)
    expect(meter.rateHz(990)).not.toBeNull()
    expect(meter.rateHz(9000)).toBeNull()
  })
})

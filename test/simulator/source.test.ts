import { describe, expect, it } from 'vitest'
import { CHANNELS } from '../../src/main/simulator/profile.ts'
import { virtualPenSource } from '../../src/main/simulator/source.ts'
import { drawWriter } from '../../src/main/simulator/writer.ts'

const writer = drawWriter(1)
const force = (counts: Int16Array) =>
  Array.from({ length: counts.length / CHANNELS }, (_, i) => counts[i * CHANNELS + 12]!)
const pressed = (counts: Int16Array) => force(counts).some((count) => count > 60)

describe('a virtual pen as a source of frames', () => {
  it('hovers without pressing while there is nothing to write, with gravity in its readings', () => {
    const source = virtualPenSource(writer)
    const counts = source.next(150)
    expect(pressed(counts)).toBe(false)
    expect(Math.hypot(counts[0]!, counts[1]!, counts[2]!) / 16384).toBeCloseTo(1, 1)
    expect(source.idle).toBe(true)
  })
  it('writes what it is asked, in order, and then hovers again', () => {
    const source = virtualPenSource(writer)
    source.write('gut so')
    source.write('ja')
    expect(source.idle).toBe(false)
    let written = 0
    while (!source.idle) if (pressed(source.next(10))) written++
    expect(written).toBeGreaterThan(20)
    expect(pressed(source.next(200))).toBe(false)
  })
  it('gives the same frames however they are asked for', () => {
    const [whole, parts] = [virtualPenSource(writer), virtualPenSource(writer)]
    whole.write('Tag')
    parts.write('Tag')
    const pieces = Array.from({ length: 60 }, (_, i) => [...parts.next(i % 13)]).flat()
    expect([...whole.next(pieces.length / CHANNELS)]).toEqual(pieces)
  })
  it('changes from hovering to writing without a jump of its pose', () => {
    const source = virtualPenSource(writer)
    const before = source.next(50)
    source.write('Tag')
    const after = source.next(20)
    for (let c = 0; c < 3; c++) expect(Math.abs(after[c]! - before[49 * CHANNELS + c]!) / 16384).toBeLessThan(0.05)
  })
  it('announces full scales for 32768 counts: 2 g, 8 g and 1000 deg/s', () => {
    expect(virtualPenSource(writer).fullScales.slice(0, 9)).toEqual([2, 2, 2, 8, 8, 8, 1000, 1000, 1000])
    const counts = virtualPenSource(writer).next(1)
    expect((Math.hypot(counts[3]!, counts[4]!, counts[5]!) * 8) / 32768).toBeCloseTo(1, 1)
  })
  it('loses frames on request and lets the counter tell', () => {
    const frames = virtualPenSource(writer, { loss: 0.1, jitter: 200 }).frames(1000)
    expect(frames.length).toBeGreaterThan(850)
    expect(frames.length).toBeLessThan(950)
    expect(frames.at(-1)!.sequence).toBeGreaterThan(frames.length)
    expect(Math.abs(frames.at(-1)!.deviceMicros - frames.at(-1)!.sequence * 10_000)).toBeLessThan(5000)
  })
  it('runs with a skewed clock on request', () => {
    const last = virtualPenSource(writer, { clockSkew: 0.001 }).frames(1001).at(-1)!
    expect(last.deviceMicros).toBe(9_990_000)
  })
  it('forgets waiting prompts when it is told to', () => {
    const source = virtualPenSource(writer)
    source.write('nie')
    source.clear()
    expect(pressed(source.next(400))).toBe(false)
  })
})

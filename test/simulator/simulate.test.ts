import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { layWord } from '../../src/main/simulator/layout.ts'
import { curveOf } from '../../src/main/simulator/curve.ts'
import { drawStrokes } from '../../src/main/simulator/ink.ts'
import { CHANNELS, DIGIPEN_RANGES } from '../../src/main/simulator/profile.ts'
import { randomStream } from '../../src/main/random/named.ts'
import { simulateText, simulateWord } from '../../src/main/simulator/simulate.ts'
import { PRINT_FONTS, SCRIPT_FONTS, VIRTUAL_ALPHABET, glyphOf } from '../../src/main/simulator/shapes.ts'
import { drawWriter } from '../../src/main/simulator/writer.ts'

const digest = (...parts: ArrayBufferView[]) =>
  parts
    .reduce(
      (hash, part) => hash.update(Buffer.from(part.buffer, part.byteOffset, part.byteLength)),
      createHash('sha256'),
    )
    .digest('hex')

describe('a virtual word', () => {
  const writer = drawWriter(7)
  const recording = simulateWord(writer, 'Gruß')

  it('is named virtual wherever it goes', () => {
    expect(recording).toMatchObject({ virtual: true, writer: 'virtual 0007', label: 'Gruß' })
    expect(writer).toMatchObject({ virtual: true, name: 'virtual 0007' })
  })

  it('has the thirteen channels at 100 Hz, in the ranges of the DigiPen', () => {
    const { signal, counts } = recording
    expect(signal.rateHz).toBe(100)
    expect(signal.channels).toHaveLength(CHANNELS)
    expect(signal.values).toHaveLength(signal.frames * CHANNELS)
    expect(signal.deviceMicros[1]).toBe(10_000)
    for (let i = 0; i < counts.length; i++) {
      const { low, high } = DIGIPEN_RANGES[i % CHANNELS]!
      expect(counts[i]).toBeGreaterThanOrEqual(low)
      expect(counts[i]).toBeLessThanOrEqual(high)
    }
  })

  it('is the same bytes from the same seed on any machine', () => {
    const words = [1, 2, 11].flatMap((seed) =>
      ['Äpfel', 'jumping', '12+7=19'].map((word) => simulateWord(drawWriter(seed), word, { take: 2 })),
    )
    expect(digest(...words.map(({ counts }) => counts), ...words.map(({ signal }) => signal.values))).toBe(
      '2ab607f895f2b7947f0c915032859bc57b6000e8c8e6b797d644246c47637e17',
    )
    expect(digest(...words.map(({ strokes }) => drawStrokes(strokes).pixels))).toBe(
      '22df403ce68220a005a7dc277776a68194a972eb71b70653f41db08cc59bf3e5',
    )
  })

  it('comes out the same from a writer that went through JSON', () => {
    const restored = JSON.parse(JSON.stringify(writer)) as typeof writer
    expect(digest(simulateWord(restored, 'Gruß').counts)).toBe(digest(recording.counts))
  })

  it('is another movement at every take, but of much the same length', () => {
    const again = simulateWord(writer, 'Gruß', { take: 1 })
    expect(digest(again.counts)).not.toBe(digest(recording.counts))
    expect(again.signal.frames / recording.signal.frames).toBeGreaterThan(0.75)
    expect(again.signal.frames / recording.signal.frames).toBeLessThan(1.33)
  })

  it('can be written for every symbol by every font, with strokes that go somewhere', () => {
    for (const font of [...SCRIPT_FONTS, ...PRINT_FONTS]) {
      for (const symbol of VIRTUAL_ALPHABET) {
        const { strokes, advance } = glyphOf(font, symbol)
        expect(advance, `${font} ${symbol}`).toBeGreaterThan(0)
        expect(strokes.length, `${font} ${symbol}`).toBeGreaterThan(0)
        for (const { points } of strokes) expect(points.length, `${font} ${symbol}`).toBeGreaterThanOrEqual(4)
      }
    }
    for (const symbol of 'äöüÄÖÜ')
      expect(glyphOf('EMSTech', symbol).strokes.filter(({ delayed }) => delayed)).toHaveLength(2)
  })

  it('puts dots and crossbars after the word', () => {
    const script = drawWriter(2)
    expect(script.hand).toBe('script')
    const [body, dot] = [simulateWord(script, 'mi').strokes, simulateWord(script, 'mi').strokes.at(-1)!]
    expect(body.length).toBeGreaterThan(1)
    expect(Math.max(...dot.x) - Math.min(...dot.x)).toBeLessThan(1)
    expect(Math.max(...dot.y)).toBeLessThan(-script.xHeight)
    expect(dot.t[0]).toBeGreaterThan(Math.max(...body.slice(0, -1).map(({ t }) => t.at(-1)!)))
  })

  it('loses the frames it is told to lose, and says where', () => {
    const lossy = simulateWord(writer, 'Gruß', { loss: 0.2 })
    const lost = lossy.signal.gaps.reduce((sum, gap) => sum + gap.lost, 0)
    expect(lost).toBeGreaterThan(0)
    const [first] = lossy.signal.gaps
    expect(lossy.signal.deviceMicros[first!.at]! - lossy.signal.deviceMicros[first!.at - 1]!).toBe(
      (first!.lost + 1) * 10_000,
    )
    expect(lossy.counts).toHaveLength(lossy.signal.frames * CHANNELS)
  })
})

describe('the motion', () => {
  it('slows down in curves by the two-thirds power law: speed goes with curvature to about -1/3', () => {
    let [n, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0]
    for (let seed = 1; seed <= 12; seed++) {
      for (const { x, y } of simulateWord(drawWriter(seed), 'sollen').strokes) {
        for (let i = 8; i + 8 < x.length; i++) {
          const [vx, vy] = [(x[i + 1]! - x[i - 1]!) / 0.01, (y[i + 1]! - y[i - 1]!) / 0.01]
          const [ax, ay] = [
            (x[i + 1]! - 2 * x[i]! + x[i - 1]!) / 0.005 ** 2,
            (y[i + 1]! - 2 * y[i]! + y[i - 1]!) / 0.005 ** 2,
          ]
          const speed = Math.hypot(vx, vy)
          const curvature = Math.abs(vx * ay - vy * ax) / speed ** 3
          if (speed < 3 || curvature < 0.1 || curvature > 20) continue
          const [lx, ly] = [Math.log(curvature), Math.log(speed)]
          n++
          sx += lx
          sy += ly
          sxx += lx * lx
          sxy += lx * ly
        }
      }
    }
    const exponent = (n * sxy - sx * sy) / (n * sxx - sx * sx)
    expect(n).toBeGreaterThan(1000)
    expect(exponent).toBeGreaterThan(-0.45)
    expect(exponent).toBeLessThan(-0.2)
  })

  it('keeps to the shape: the ink lies within half a millimetre of the laid-out letters', () => {
    const writer = drawWriter(5)
    const random = randomStream('word', 5, 'lernen', 0, 0)
    const laid = layWord(writer, [...'lernen'], random, { x: 0, y: 0 }).outlines.map(curveOf)
    const strokes = simulateWord(writer, 'lernen').strokes
    for (const { x, y } of strokes) {
      for (let i = 0; i < x.length; i += 5) {
        const near = Math.min(
          ...laid.flatMap((curve) => [...curve.x].map((cx, k) => Math.hypot(cx - x[i]!, curve.y[k]! + y[i]!))),
        )
        expect(near).toBeLessThan(0.5)
      }
    }
  })

  it('mirrors the left-hander and hooks some of them', () => {
    const [right, left] = [drawWriter(9, { handedness: 'right' }), drawWriter(9, { handedness: 'left' })]
    expect(Math.cos(right.pose.azimuth)).toBeGreaterThan(0)
    expect(Math.cos(left.pose.azimuth)).toBeLessThan(left.hooked ? 1 : 0)
    const hooked = Array.from({ length: 40 }, (_, i) => drawWriter(i, { handedness: 'left' })).filter(
      (writer) => writer.hooked,
    )
    expect(hooked.length).toBeGreaterThan(5)
    expect(hooked.length).toBeLessThan(30)
  })
})

describe('a virtual text', () => {
  const text = simulateText(drawWriter(4), ['mit', 'Tinte', 'ins', 'Licht'], { rest: { every: 2, seconds: 1.5 } })

  it('is one stream in which every word has its place, in order and apart', () => {
    expect(text.words.map((word) => word.text)).toEqual(['mit', 'Tinte', 'ins', 'Licht'])
    for (const [i, { start, stop }] of text.words.entries()) {
      expect(stop).toBeGreaterThan(start)
      expect(start).toBeGreaterThan(text.words[i - 1]?.stop ?? 0)
    }
    expect(text.words.at(-1)!.stop).toBeLessThan(text.signal.frames)
  })
  it('presses within words, late dots included, and not between them', () => {
    const force = (frame: number) => text.counts[frame * CHANNELS + 12]!
    for (const [i, { start, stop }] of text.words.entries()) {
      const pressed = Array.from({ length: stop - start }, (_, k) => force(start + k)).filter((count) => count > 60)
      expect(pressed.length).toBeGreaterThan(0.3 * (stop - start))
      for (let frame = text.words[i - 1]?.stop ?? 0; frame < start; frame++) expect(force(frame)).toBeLessThan(60)
    }
  })
  it('rests where it is told to', () => {
    const pauses = text.words.slice(1).map(({ start }, i) => start - text.words[i]!.stop)
    expect(pauses[1]).toBeGreaterThan(150 + Math.min(pauses[0]!, pauses[2]!) / 2)
  })
  it('goes to a new line at the end of the paper', () => {
    const long = simulateText(
      drawWriter(4),
      Array.from({ length: 12 }, () => 'schreiben'),
      { lineWidth: 80 },
    )
    expect(Math.max(...long.strokes.flatMap(({ x }) => [...x]))).toBeLessThan(82)
    expect(Math.max(...long.strokes.flatMap(({ y }) => [...y]))).toBeGreaterThan(10)
  })
})

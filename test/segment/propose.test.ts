import { describe, expect, it } from 'vitest'
import { proposeSegmentation } from '../../src/main/segment/index.ts'
import { simulateRest } from '../../src/main/virtual/simulate.ts'
import { calibrated, penCalibration } from '../../src/main/virtual/sensors.ts'
import { drawWriter } from '../../src/main/virtual/writer.ts'
import { PEN_CHANNELS, type Channel, type FrameBlock } from '../../src/shared/signal.ts'
import { f1, findWords, PEN, sentence } from './sentences.ts'
import { blockOf, slice } from './streams.ts'

/** Five seconds of writing, then five of a pen that hovers, by a virtual writer. */
function calibration(writer: number): { writing: FrameBlock[]; resting: FrameBlock[] } {
  const hand = drawWriter(writer)
  const values = calibrated(simulateRest(hand, 5, 10), penCalibration(hand))
  const rows = Array.from({ length: values.length / 13 }, (_, i) => [...values.subarray(i * 13, (i + 1) * 13)])
  return { writing: [slice(sentence(writer, 6, 2).block, 0, 500)], resting: [blockOf(PEN_CHANNELS, rows)] }
}

/** Only some channels of the frames. */
function only(blocks: FrameBlock[], names: RegExp): FrameBlock[] {
  return blocks.map((block) => {
    const kept = block.channels.flatMap(({ name }, at) => (names.test(name) ? [at] : []))
    const rows = Array.from({ length: block.count }, (_, i) => kept.map((at) => block.values[i * block.channels.length + at]!))
    return blockOf(kept.map((at) => block.channels[at]!), rows)
  })
}

describe('ten seconds of writing and resting', () => {
  it('propose a force with which the writer’s sentences are cut right', () => {
    const unknown = { ...PEN, threshold: 4 }
    for (const writer of [1, 2, 3]) {
      const { segmentation } = proposeSegmentation(calibration(writer), PEN_CHANNELS, 100, unknown)
      expect(segmentation).toMatchObject({ by: 'force', minimumMs: PEN.minimumMs })
      expect(f1([findWords(sentence(writer, 20, 3), undefined, { ...segmentation, pauseMs: 350 })])).toBeGreaterThan(0.95)
    }
  })

  it('propose a motion where the pen has no force', () => {
    const { writing, resting } = calibration(1)
    const [moved, rested] = [only(writing, /^(acc1|gyro)/), only(resting, /^(acc1|gyro)/)]
    const { segmentation, rest, ink } = proposeSegmentation({ writing: moved, resting: rested }, moved[0]!.channels, 100, PEN)
    expect(segmentation.by).toBe('motion')
    expect(segmentation.threshold).toBeGreaterThan(rest)
    expect(segmentation.threshold).toBeLessThan(ink)
  })

  it('say so when nobody wrote, and when nothing came', () => {
    const { resting } = calibration(1)
    const force: Channel[] = [{ name: 'force', unit: 'N' }]
    const still = only(resting, /^force$/)
    expect(() => proposeSegmentation({ writing: still, resting: still }, force, 100, PEN)).toThrow(expect.objectContaining({ code: 'device-unsuitable', message: expect.stringContaining('look alike') }))
    expect(() => proposeSegmentation({ writing: [], resting }, PEN_CHANNELS, 100, PEN)).toThrow(expect.objectContaining({ code: 'empty-recording', message: expect.stringContaining('while writing') }))
  })
})

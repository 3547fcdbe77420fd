import { describe, expect, it } from 'vitest'
import { proposeSegmentation } from '../../src/main/segment/index.ts'
import { PEN_CHANNELS, type Channel, type FrameBlock } from '../../src/shared/signal.ts'
import { calibration, f1, findWords, only, PEN, sentence } from './sentences.ts'

/** What a pen that has only these channels would have sent. */
const sentBy = (blocks: FrameBlock[], names: RegExp): FrameBlock[] => blocks.map((block) => only(block, names))

describe('ten seconds of writing and resting', () => {
  it('propose a force with which the writer’s sentences are cut right', () => {
    const unknown = { ...PEN, threshold: 4 }
    for (const writer of [1, 2, 3]) {
      const { segmentation } = proposeSegmentation(calibration(writer), PEN_CHANNELS, 100, unknown)
      expect(segmentation).toMatchObject({ by: 'force', minimumMs: PEN.minimumMs })
      expect(
        f1([findWords(sentence(writer, 20, { take: 3 }), undefined, { ...segmentation, pauseMs: 350 })]),
      ).toBeGreaterThan(0.95)
    }
  })

  it('propose a vibration where the pen has no force, with which words and their late strokes are found whole', () => {
    const unhurried = { take: 3, rests: [0.6, 1.2] } as const
    for (const writer of [1, 13]) {
      const { writing, resting } = calibration(writer)
      const [shaken, rested] = [sentBy(writing, /^(acc1|gyro)/), sentBy(resting, /^(acc1|gyro)/)]
      const { segmentation, rest, ink } = proposeSegmentation(
        { writing: shaken, resting: rested },
        shaken[0]!.channels,
        100,
        PEN,
      )
      expect(segmentation.by).toBe('vibration')
      expect(segmentation.threshold).toBeGreaterThan(rest)
      expect(segmentation.threshold).toBeLessThan(ink)
      const { block, spans } = sentence(writer, 15, unhurried)
      const found = findWords({ block: only(block, /^(acc1|gyro)/), spans }, undefined, segmentation)
      expect(found).toMatchObject({ split: 0, merged: 0, missed: 0 })
      expect(f1([found])).toBeGreaterThan(0.9)
    }
  })

  it('propose a motion where the pen sends too few frames for that', () => {
    const { writing, resting } = calibration(1)
    const sent = sentBy(writing, /^(acc1|gyro)/)
    expect(
      proposeSegmentation({ writing: sent, resting: sentBy(resting, /^(acc1|gyro)/) }, sent[0]!.channels, 30, PEN)
        .segmentation.by,
    ).toBe('motion')
  })

  it('are not thrown off by a bump while resting', () => {
    const { writing, resting } = calibration(1)
    const [shaken, [rested]] = [sentBy(writing, /^acc1/), sentBy(resting, /^acc1/)]
    const calm = proposeSegmentation({ writing: shaken, resting: [rested!] }, shaken[0]!.channels, 100, PEN)
    const bumped = {
      ...rested!,
      values: rested!.values.map((value, i) => (i >= 300 && i < 330 ? value + (i % 2) * 0.5 : value)),
    }
    const { threshold } = proposeSegmentation(
      { writing: shaken, resting: [bumped] },
      shaken[0]!.channels,
      100,
      PEN,
    ).segmentation
    expect(threshold).toBeLessThan(1.5 * calm.segmentation.threshold)
  })

  it('say so when nobody wrote, and when nothing came', () => {
    const { resting } = calibration(1)
    const force: Channel[] = [{ name: 'force', unit: 'N' }]
    const still = sentBy(resting, /^force$/)
    expect(() => proposeSegmentation({ writing: still, resting: still }, force, 100, PEN)).toThrow(
      expect.objectContaining({ code: 'device-unsuitable', message: expect.stringContaining('look alike') }),
    )
    expect(() => proposeSegmentation({ writing: [], resting }, PEN_CHANNELS, 100, PEN)).toThrow(
      expect.objectContaining({ code: 'empty-recording', message: expect.stringContaining('while writing') }),
    )
  })
})

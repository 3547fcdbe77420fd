import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { judge, type Evidence } from '../../src/main/quality/index.ts'
import { Thresholds } from '../../src/shared/api/quality.ts'
import type { Signal } from '../../src/shared/signal.ts'
import { changed, PEN, word } from './signals.ts'
import { inEnglish } from '../../src/shared/messages/index.ts'

/** The verdict on a virtual word, as its level and what it is for. */
function verdictOn(signal: Signal, more: Partial<Evidence> = {}, thresholds?: Thresholds): string[] {
  const { level, reasons } = judge({ signal, label: 'Haus', profile: PEN, ...more }, thresholds)
  return [level, ...reasons.map((reason) => `${reason.code} ${reason.level}`)]
}

describe('the verdict on a word', () => {
  it('is good for one that is whole', () => {
    expect(verdictOn(word())).toEqual(['good'])
  })

  it('counts lost frames and holes', () => {
    const lost = { ...word(), gaps: [{ at: 20, lost: 3 }] }
    expect(verdictOn(lost)).toEqual(['check', 'lost-frames check'])
    expect(inEnglish(judge({ signal: lost, label: 'Haus', profile: PEN }).reasons[0]!.message)).toBe(
      '3 of 153 frames are lost (1.96 %).',
    )
    expect(verdictOn({ ...word(), gaps: [{ at: 20, lost: 40 }] })).toEqual(['redo', 'lost-frames redo', 'gap redo'])
  })

  it('sees a channel at the end of its range', () => {
    const clip = (frames: number) =>
      changed(word(), (value, frame, channel) =>
        channel === 'gyro_y' && frame >= 50 && frame < 50 + frames ? -1000 : value,
      )
    expect(verdictOn(clip(3))).toEqual(['check', 'clipping check'])
    expect(inEnglish(judge({ signal: clip(15), label: 'Haus', profile: PEN }).reasons)).toEqual([
      { code: 'clipping', level: 'redo', message: 'gyro_y is at the end of its range (10 % of the frames clip).' },
    ])
  })

  it('compares the rate with the nominal one by the clock of the pen', () => {
    expect(verdictOn({ ...word(), deviceMicros: word().deviceMicros.map((time) => time * 1.1) })).toEqual([
      'check',
      'rate check',
    ])
    expect(verdictOn({ ...word(), deviceMicros: word().deviceMicros.map((time) => time * 2) })).toEqual([
      'redo',
      'rate redo',
    ])
  })

  it('takes lost frames for lost, not for a slow clock', () => {
    const signal = word()
    const deviceMicros = signal.deviceMicros.map((time, i) => time + (i >= 20 ? 10_000 : 0))
    expect(verdictOn({ ...signal, deviceMicros, gaps: [{ at: 20, lost: 1 }] })).toEqual(['check', 'lost-frames check'])
  })

  it('tells the rate of a pen without a clock by arrival, once there is enough of it', () => {
    const slow = (frames: number): Signal => ({
      ...word(frames),
      deviceMicros: new Float64Array(frames).fill(NaN),
      hostMillis: Float64Array.from({ length: frames }, (_, i) => i * 20),
    })
    expect(verdictOn(slow(150), { live: true })).toEqual(['redo', 'rate redo'])
    expect(verdictOn(slow(60), { live: true })).toEqual(['good'])
    expect(verdictOn(slow(150))).toEqual(['good'])
  })

  it('sees jitter', () => {
    const shaken = (ms: number) => ({
      ...word(),
      deviceMicros: word().deviceMicros.map((time, i) => time + (i % 2) * ms * 1000),
    })
    expect(verdictOn(shaken(1))).toEqual(['good'])
    expect(verdictOn(shaken(4))).toEqual(['check', 'jitter check'])
  })

  it('tells of a clock that was out of line for a moment, and uses the word all the same', () => {
    const signal = word()
    const garbled = { ...signal, deviceMicros: signal.deviceMicros.with(70, 9e15), gaps: [] }
    expect(inEnglish(judge({ signal: garbled, label: 'Haus', profile: PEN }))).toEqual({
      level: 'check',
      reasons: [
        {
          code: 'jitter',
          level: 'check',
          message: "The pen's clock was out of line at 1 of 150 frames; the times of their neighbours are used.",
        },
      ],
    })
  })

  it('wants the tip on the paper', () => {
    const lifted = changed(word(), (value, _, channel) => (channel === 'force' ? value * 0.01 : value))
    expect(verdictOn(lifted)).toEqual(['redo', 'no-force redo'])
    const touched = changed(word(), (value, frame, channel) =>
      channel === 'force' && frame !== 70 && frame !== 71 && frame !== 72 && frame !== 73 ? 0 : value,
    )
    expect(verdictOn(touched)).toEqual(['check', 'little-force check'])
  })

  it('sees a word that is cut at an end', () => {
    const early = changed(word(), (value, frame, channel) => (channel === 'force' && frame < 10 ? 1 : value))
    expect(inEnglish(judge({ signal: early, label: 'Haus', profile: PEN }).reasons)).toEqual([
      { code: 'cut', level: 'redo', message: 'The pen is on the paper at the beginning: the word is cut.' },
    ])
    const byMotion = { ...PEN, segmentation: { ...PEN.segmentation, by: 'motion' as const, threshold: 25 } }
    const moving = changed(word(), (value, frame, channel) => (channel === 'gyro_x' && frame > 140 ? 90 : value))
    expect(verdictOn(moving, { profile: byMotion })).toEqual(['check', 'cut check'])
  })

  it('knows how long letters take', () => {
    expect(verdictOn(word(30))).toEqual(['check', 'too-short check'])
    expect(verdictOn(word(30), { label: 'Donaudampfschifffahrt' })).toEqual(['redo', 'too-short redo'])
    expect(verdictOn(word(400), { label: 'a' })).toEqual(['check', 'too-long check'])
    expect(verdictOn(word(30), { label: null })).toEqual(['good'])
  })

  it('recognises the word before when it comes again', () => {
    expect(verdictOn(word(), { before: word(150, 2) })).toEqual(['good'])
    expect(verdictOn(word(), { before: word() })).toEqual(['redo', 'copy redo'])
    const half = word(150, 3)
    half.values.set(word().values.subarray(0, 60 * 13), 13 * 13)
    expect(verdictOn(half, { before: word() })).toEqual(['check', 'copy check'])
  })

  it('does not take two pens at rest for copies', () => {
    const still = (seed: number) =>
      changed(word(150, seed), (value, frame, channel) =>
        frame > 30 && frame < 120 ? (channel === 'force' ? 0.16 : 0) : value,
      )
    expect(verdictOn(still(1), { before: still(2) })).toEqual(['good'])
  })

  it('passes on what a model doubts', () => {
    expect(verdictOn(word(), { doubt: { reads: 'Maus', doubt: 0.3 } })).toEqual(['good'])
    expect(
      inEnglish(judge({ signal: word(), label: 'Haus', profile: PEN, doubt: { reads: 'Maus', doubt: 0.95 } })),
    ).toEqual({
      level: 'redo',
      reasons: [{ code: 'doubt', level: 'redo', message: 'The model reads “Maus” instead of “Haus” (doubt: 95 %).' }],
    })
  })

  it('goes by the thresholds of the protocol, and tells the worst reason first', () => {
    const lenient = v.parse(Thresholds, { lostShare: { check: 0.5, redo: 0.9 } })
    expect(verdictOn({ ...word(), gaps: [{ at: 20, lost: 3 }] }, {}, lenient)).toEqual(['good'])
    const both = { ...word(), gaps: [{ at: 20, lost: 3 }] }
    expect(verdictOn(both, { before: word() })).toEqual(['redo', 'copy redo', 'lost-frames check'])
  })
})

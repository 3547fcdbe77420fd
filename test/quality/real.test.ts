import { describe, expect, it } from 'vitest'
import { BUILT_IN_PROFILES } from '../../src/main/pen/profiles/built-in.ts'
import { judge } from '../../src/main/quality/index.ts'
import type { Channel, Signal } from '../../src/shared/signal.ts'
import { hasRealRecordings, realRecordings, titled } from '../segment/streams.ts'
import { english } from '../../src/shared/messages/index.ts'

const PROFILE = BUILT_IN_PROFILES.find(({ id }) => id === 'peterpen')!
const channels: Channel[] = PROFILE.channels.map(({ name, unit }) => ({ name, unit }))
const REST = [0, 0, 1, 0, 0, 0]

/** A real word with a tenth of a second of rest around it, as the recorder gives it. */
function withMargins(samples: readonly number[][]): Signal {
  const margin = Array.from({ length: 10 }, () => REST)
  const rows = [...margin, ...samples, ...margin]
  return {
    channels,
    rateHz: 100,
    frames: rows.length,
    values: Float32Array.from(rows.flat()),
    deviceMicros: new Float64Array(rows.length).fill(NaN),
    hostMillis: Float64Array.from(rows, (_, i) => i * 10),
    gaps: [],
  }
}

describe.skipIf(!hasRealRecordings('pen-computer'))(titled('845 real words', 'pen-computer'), () => {
  const words = hasRealRecordings('pen-computer') ? realRecordings('pen-computer') : []
  const profile = PROFILE
  const verdicts = words.map(({ samples, label }, i) =>
    judge({ signal: withMargins(samples), label, profile, before: i > 0 ? withMargins(words[i - 1]!.samples) : null }),
  )
  const share = (code: string) =>
    verdicts.filter(({ reasons }) => reasons.some((reason) => reason.code === code)).length / words.length

  it('are neither cut nor copies of each other, and the tip was down', () => {
    expect([share('cut'), share('copy'), share('no-force')]).toEqual([0, 0, 0])
  })

  it('are to be redone by few, for what is known of that pen: its gyroscope clips at 250 deg/s', () => {
    const redo = verdicts.filter(({ level }) => level === 'redo')
    expect(redo.length / words.length).toBeLessThan(0.1)
    expect(
      verdicts.some(({ reasons }) =>
        reasons.some(({ code, message }) => code === 'clipping' && english(message).startsWith('gyro_')),
      ),
    ).toBe(true)
  })

  it('are found out with a planted defect: the word before again, the end cut off, the force lost', () => {
    for (let i = 1; i < words.length; i += 40) {
      const [before, signal] = [withMargins(words[i - 1]!.samples), withMargins(words[i]!.samples)]
      const codes = (changed: Signal, last: Signal | null = before) =>
        judge({ signal: changed, label: 'Computer', profile, before: last }).reasons.map(({ code }) => code)
      expect(codes(before)).toContain('copy')
      const cut = signal.frames - 10 - words[i]!.samples.toReversed().findIndex((row) => row[3]! > 350)
      expect(codes({ ...signal, frames: cut, values: signal.values.subarray(0, cut * 6) })).toContain('cut')
      expect(codes({ ...signal, values: signal.values.map((value, at) => (at % 6 === 3 ? 0 : value)) })).toContain(
        'no-force',
      )
      expect(codes({ ...signal, gaps: [{ at: 50, lost: 30 }] })).toEqual(expect.arrayContaining(['lost-frames', 'gap']))
    }
  })
})

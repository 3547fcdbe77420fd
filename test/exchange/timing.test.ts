import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { importRecordings } from '../../src/main/exchange/import.ts'
import { previewImport } from '../../src/main/exchange/preview.ts'
import { checkedTiming } from '../../src/main/exchange/timing.ts'
import { isRate, type Signal } from '../../src/shared/signal.ts'
import { newStore, temporaryFolder } from '../store/fixtures.ts'

/** A signal with these times in µs; its force counts the frames. */
function timed(times: readonly number[], rateHz = 100): Signal {
  const frames = times.length
  return {
    channels: [{ name: 'force', unit: 'N' }],
    rateHz,
    frames,
    values: Float32Array.from(times, (_, i) => i),
    deviceMicros: Float64Array.from(times),
    hostMillis: new Float64Array(frames).fill(NaN),
    gaps: [],
  }
}

const steady = (count: number, from = 0, step = 10_000) => Array.from({ length: count }, (_, i) => from + i * step)

function told(signal: Signal, isWord = true): unknown {
  const sound = checkedTiming(signal, isWord)
  return 'reason' in sound
    ? sound.reason
    : {
        notes: sound.notes,
        parts: sound.parts.map(({ signal: { frames, rateHz, gaps }, first }) => ({ first, frames, rateHz, gaps })),
      }
}

const whole = (frames: number, rateHz = 100) => [{ first: 0, frames, rateHz, gaps: [] }]

describe('the times of a recording of others', () => {
  it('are left as they are where they run at the declared rate, rounded or not', () => {
    expect(told(timed(steady(100)))).toEqual({ notes: [], parts: whole(100) })
    const rounded = Array.from({ length: 100 }, (_, i) => Math.round(i * 2.5) * 1000)
    expect(told(timed(rounded, 400))).toEqual({ notes: [], parts: whole(100, 400) })
  })

  it('are those of a counter that wrapped, set straight', () => {
    const wrapped = steady(60, 2 ** 32 - 300_000).map((time) => time % 2 ** 32)
    expect(told(timed(wrapped))).toEqual({
      notes: ['its clock started over once and was set straight'],
      parts: whole(60),
    })
  })

  it('part what was recorded twice, each with the label', () => {
    expect(told(timed([...steady(60), ...steady(60)]))).toEqual({
      notes: ['its clock began anew or jumped once, and it was parted there'],
      parts: [
        { first: 0, frames: 60, rateHz: 100, gaps: [] },
        { first: 60, frames: 60, rateHz: 100, gaps: [] },
      ],
    })
  })

  it('make no word of what is a month apart, but two recordings of what is none', () => {
    const month = [...steady(30), ...steady(30, 2.6e12)]
    expect(told(timed(month))).toBe('has a pause of 2,600,000 s in it, before frame 30')
    expect(told(timed(month), false)).toMatchObject({ parts: [{ frames: 30 }, { first: 30, frames: 30 }] })
  })

  it('have a single garbled one among them mended, and told', () => {
    expect(told(timed(steady(60).with(20, 9e15)))).toEqual({
      notes: ['its clock was out of line at 1 of 60 frames, which have the times of their neighbours now'],
      parts: whole(60),
    })
  })

  it('are not needed where there are none, as long as there is a rate', () => {
    expect(told(timed([NaN, NaN]))).toEqual({ notes: [], parts: whole(2) })
    expect(told(timed([NaN, NaN], Infinity))).toBe('has no rate that a pen can have, and no times that would tell one')
  })

  it('lose and double no frame, and come with a rate, whatever they are', () => {
    const some = fc.oneof(
      fc.double({ min: -1e16, max: 1e16 }),
      fc.integer({ min: 0, max: 50 }).map((each) => each * 10_000),
      fc.constant(NaN),
    )
    fc.assert(
      fc.property(
        fc.array(some, { minLength: 1, maxLength: 60 }),
        fc.oneof(fc.double({ min: 0, max: 1e9 }), fc.constant(Infinity), fc.constant(NaN)),
        fc.boolean(),
        (times, rateHz, isWord) => {
          const sound = checkedTiming(timed(times, rateHz), isWord)
          if ('reason' in sound) return
          expect(sound.parts.flatMap(({ signal }) => [...signal.values])).toEqual(times.map((_, i) => i))
          for (const { signal } of sound.parts) expect(isRate(signal.rateHz)).toBe(true)
        },
      ),
    )
  })
})

describe('an import', () => {
  it('passes the check, whatever the format: a word over a month is refused by name, other recordings are parted and told', async () => {
    const path = join(temporaryFolder(), 'month.ndjson')
    const line = (label: string | null) => {
      const t_ms = Array.from({ length: 60 }, (_, i) => i * 10 + (i < 30 ? 0 : 2.6e9))
      return JSON.stringify({
        writer: 'w',
        label,
        rate_hz: 100,
        channels: ['force'],
        units: ['N'],
        t_ms,
        samples: t_ms.map((_, i) => [i]),
      })
    }
    writeFileSync(path, [line('am'), line(null)].join('\n'))
    const store = newStore()
    const result = await importRecordings(store, 'ndjson', path)
    expect(result).toEqual({
      imported: 2,
      duplicates: 0,
      refused: [{ where: 'line 1', reason: 'has a pause of 2,600,000 s in it, before frame 30' }],
      refusedCount: 1,
      notes: [{ where: 'line 2', note: 'its clock began anew or jumped once, and it was parted there' }],
    })
    expect([...store.recordings.each({})].map(({ frames, rateHz }) => [frames, rateHz])).toEqual([
      [30, 100],
      [30, 100],
    ])
    expect((await previewImport(store, 'ndjson', path)).notes).toEqual(result.notes)
    expect(await importRecordings(store, 'ndjson', path)).toMatchObject({ imported: 0, duplicates: 2 })
  })
})

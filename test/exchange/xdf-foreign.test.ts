import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ExchangeRecording } from '../../src/main/exchange/recording.ts'
import { offsetsOf } from '../../src/main/exchange/xdf/clock-offsets.ts'
import { xdf } from '../../src/main/exchange/xdf/format.ts'
import { temporaryFolder } from '../store/fixtures.ts'

/** The bytes of a file as the specification has them, written here a second time and by hand. */
const u16 = (value: number) => Buffer.from([value & 255, value >> 8])
const u32 = (value: number) => Buffer.from(Uint32Array.of(value).buffer)
const f32 = (value: number) => Buffer.from(Float32Array.of(value).buffer)
const f64 = (value: number) => Buffer.from(Float64Array.of(value).buffer)
const chunk = (tag: number, ...content: Buffer[]) => Buffer.concat([Buffer.of(4), u32(2 + Buffer.concat(content).length), u16(tag), ...content])
const header = (id: number, fields: string) => chunk(2, u32(id), Buffer.from(`<?xml version="1.0"?><info>${fields}</info>`))
const clock = (id: number, time: number, offset: number) => chunk(4, u32(id), f64(time), f64(offset))
const markers = (id: number, ...words: [number, string][]) =>
  chunk(3, u32(id), Buffer.of(4), u32(words.length), ...words.map(([time, word]) => Buffer.concat([Buffer.of(8), f64(time), Buffer.of(1, Buffer.byteLength(word)), Buffer.from(word)])))
/** Force counts the frames, so that it tells which of them a recording has. */
const pen = (id: number, times: readonly number[]) => chunk(3, u32(id), Buffer.of(4), u32(times.length), ...times.map((time, at) => Buffer.concat([Buffer.of(8), f64(time), f32(at), f32(9.80665)])))

const channel = (label: string, unit: string) => `<channel><label>${label}</label><unit>${unit}</unit></channel>`
const PEN = (rateHz: number) =>
  `<name>Ink</name><type>Pen</type><channel_count>2</channel_count><nominal_srate>${rateHz}</nominal_srate><channel_format>float32</channel_format>` +
  `<desc><channels>${channel('Force', 'N')}${channel('Acc.X', 'm/s^2')}</channels></desc>`
const WORDS = '<name>Screen</name><type>Markers</type><channel_count>1</channel_count><nominal_srate>0</nominal_srate><channel_format>string</channel_format><desc/>'

async function read(...chunks: Buffer[]): Promise<(ExchangeRecording | string)[]> {
  const path = join(temporaryFolder(), 'lab.xdf')
  writeFileSync(path, Buffer.concat([Buffer.from('XDF:'), chunk(1, Buffer.from('<?xml version="1.0"?><info><version>1.0</version></info>')), ...chunks]))
  const found: (ExchangeRecording | string)[] = []
  for await (const entry of xdf.read(path, {})) found.push('reason' in entry ? `${entry.where}: ${entry.reason}` : entry.recording)
  return found
}

/** What was written from which frame on, and in how many; refusals as they are. */
const cuts = (read: readonly (ExchangeRecording | string)[]) => read.map((each) => (typeof each === 'string' ? each : [each.label, each.signal.values[0], each.signal.frames]))

/** Three seconds of a pen from 50 s on, and two words in them. */
const seconds = Array.from({ length: 300 }, (_, frame) => 50 + frame / 100)
const [haus, maus] = [50.505, 51.505]

describe('an XDF file of another recorder', () => {
  it('is cut at its markers, each word up to the next one, in our names and units', async () => {
    const found = await read(header(1, PEN(100)), header(2, WORDS), markers(2, [haus, 'Haus'], [maus, 'größer']), pen(1, seconds))
    expect(cuts(found)).toEqual([
      ['Haus', 51, 100],
      ['größer', 151, 149],
    ])
    expect(found[0]).toMatchObject({ writer: 'lab', virtual: false, session: { device: 'Ink' }, signal: { rateHz: 100 } })
    const { channels, values, deviceMicros } = (found[0] as ExchangeRecording).signal
    expect(channels).toEqual([
      { name: 'force', unit: 'N' },
      { name: 'acc1_x', unit: 'g' },
    ])
    expect([values[1], deviceMicros[0]]).toEqual([1, 50.51e6])
  })

  it('is one recording without a label where it has no markers', async () => {
    expect(cuts(await read(header(1, PEN(100)), pen(1, seconds)))).toEqual([[null, 0, 300]])
  })

  it('leaves out streams that are no pen, and words without a frame', async () => {
    const eeg = '<name>Cap</name><type>EEG</type><channel_count>1</channel_count><nominal_srate>250</nominal_srate><channel_format>float32</channel_format><desc/>'
    expect(cuts(await read(header(3, eeg), chunk(3, u32(3), Buffer.of(1, 1, 8), f64(50), f32(7)), header(1, PEN(100)), pen(1, seconds), header(2, WORDS), markers(2, [haus, 'Haus'], [60, 'late'])))).toEqual([
      'stream Cap: does not name its channels',
      ['Haus', 51, 249],
      'stream Ink, marker "late": has no frames in its time',
    ])
  })
})

describe('the clocks of two machines in an XDF file', () => {
  it('become the one of the recorder by the offset of each stream', async () => {
    const file = (...offsets: Buffer[]) => [header(1, PEN(100)), header(2, WORDS), ...offsets, markers(2, [haus - 20, 'Haus'], [maus - 20, 'Maus']), pen(1, seconds.map((time) => time + 1000))]
    const found = await read(...file(clock(1, 1051, -1000), clock(2, 31, 20)))
    expect(cuts(found)).toEqual([
      ['Haus', 51, 100],
      ['Maus', 151, 149],
    ])
    expect((found[0] as ExchangeRecording).signal.deviceMicros[0]).toBeCloseTo(50.51e6, 3)
    // Without the offsets the pen would be a quarter of an hour late, and all of it one word.
    expect(cuts(await read(...file()))).toEqual(['stream Ink, marker "Haus": has no frames in its time', ['Maus', 0, 300]])
  })

  it('drift apart along a line, which a late packet hardly bends', async () => {
    // A minute at 10 Hz; the pen's clock loses two seconds in a hundred against the recorder's.
    const onPen = (time: number) => 1000 + (time - 50) * 0.98
    const minute = Array.from({ length: 600 }, (_, frame) => 50 + frame / 10)
    const measured = Array.from({ length: 12 }, (_, at) => 52 + at * 5).map((time, at) => clock(1, onPen(time), time - onPen(time) + (at === 4 ? 0.3 : 0)))
    const found = await read(header(1, PEN(10)), header(2, WORDS), markers(2, [80.05, 'Haus'], [100.05, 'Maus']), pen(1, minute.map(onPen)), ...measured)
    expect(cuts(found)).toEqual([
      ['Haus', 301, 200],
      ['Maus', 501, 99],
    ])
    const { deviceMicros } = (found[1] as ExchangeRecording).signal
    expect(Math.abs(deviceMicros[0]! - 100.1e6)).toBeLessThan(50)
    expect(Math.abs(deviceMicros.at(-1)! - 109.9e6)).toBeLessThan(50)
  })

  it('are followed by the line of least Huber loss that scipy finds', () => {
    const offsets = [-37.2476, -37.24657, -37.24564, -37.22458, -37.2436, -37.24261, -37.241575, -37.241035, -37.239585]
    const offsetAt = offsetsOf(offsets.map((offset, at) => ({ time: 812 + 5 * at, offset })))
    // scipy.optimize.minimize of the Huber loss beyond 0.1 ms; Nelder-Mead and Powell agree.
    const golden: [number, number][] = [
      [812, -37.247574277],
      [832, -37.243598902],
      [852, -37.239623526],
      [1000, -37.210205746],
    ]
    for (const [time, offset] of golden) expect(offsetAt(time)).toBeCloseTo(offset, 8)
  })

  it('leave the words out where a machine was started anew meanwhile', async () => {
    const file = (...offsets: Buffer[]) => [header(1, PEN(100)), header(2, WORDS), markers(2, [haus, 'Haus']), pen(1, seconds), ...offsets]
    const anew = (id: number) => [clock(id, 45, 0.001), clock(id, 50, 0.002), clock(id, 2, 53), clock(id, 7, 53)]
    expect(await read(...file(...anew(1)))).toEqual(['stream Ink: its clock began anew while it was recorded'])
    expect(await read(...file(...anew(2)))).toEqual(['stream Ink: the clock of its markers began anew while they were recorded'])
  })

  it('are refused by name where an offset is no number or breaks off', async () => {
    await expect(read(header(1, PEN(100)), clock(1, 50, NaN))).rejects.toMatchObject({ code: 'decode-failed', message: expect.stringMatching(/lab\.xdf has a clock offset that is no number/) })
    await expect(read(header(1, PEN(100)), chunk(4, u32(1), f64(50)))).rejects.toMatchObject({ code: 'decode-failed', message: expect.stringMatching(/lab\.xdf breaks off/) })
  })
})

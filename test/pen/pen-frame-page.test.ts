import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { encodeData, encodeHello, hidDataReport, serialFrame } from '../../src/main/pen/codecs/pen-frame-encoder.ts'
import {
  CHANNEL_NAMES,
  HID_DATA_BYTES,
  HID_HELLO_BYTES,
  LONGEST_TEXT,
  UNIT_CODES,
} from '../../src/main/pen/codecs/pen-frame-format.ts'
import { PenFrameCodec } from '../../src/main/pen/codecs/pen-frame.ts'
import { PEN_USAGE, PEN_USAGE_PAGE } from '../../src/main/pen/transports/hid.ts'
import type { Unit } from '../../src/shared/signal.ts'
import { bytesOf, rowsOf } from './streams.ts'

const page = readFileSync(new URL('../../docs/pen-frame.md', import.meta.url), 'utf8')

function block(fence: string): string {
  const found = new RegExp('```' + fence + '\\n([\\s\\S]*?)```').exec(page)
  if (!found) throw new Error(`docs/pen-frame.md has no block ${fence}`)
  return found[1]!
}

const [hello, data, serial, report] = ['hex hello', 'hex data', 'hex serial', 'hex report'].map((fence) =>
  bytesOf(block(fence)),
) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]

describe('docs/pen-frame.md', () => {
  it('shows what the reference encoder writes', () => {
    const channel = (name: string, unit: Unit, fullScale: number) => ({ name, unit, fullScale })
    const channels = [
      channel('gyro_x', 'deg/s', 1000),
      channel('gyro_y', 'deg/s', 1000),
      channel('gyro_z', 'deg/s', 1000),
      channel('force', 'N', 42.56),
    ]
    expect(encodeHello({ name: 'Pen 7', serial: 'K-0007', firmware: '1.2.0', rateHz: 100, channels }, 3, 80)).toEqual(
      hello,
    )
    expect(
      encodeData({ sequence: 1, deviceMicros: 10_000, batteryPercent: 80, counts: [0, 256, -1, 4096] }, 3),
    ).toEqual(data)
    expect(serialFrame(data)).toEqual(serial)
    expect(hidDataReport(data)).toEqual(report)
  })

  it('shows bytes that read as the page says', () => {
    const codec = new PenFrameCodec()
    codec.push(serialFrame(hello))
    const [overSerial] = codec.push(serial)
    expect(Array.from(overSerial!.values)).toEqual([0, 7.8125, -1000 / 32_768, 5.32].map(Math.fround))
    const hid = new PenFrameCodec()
    hid.pushReport(Uint8Array.of(2, hello.length, ...hello))
    expect(rowsOf(hid.pushReport(report))).toEqual(rowsOf([overSerial!]))
  })

  it('lists the channel and unit codes of the format', () => {
    const rows = [...page.matchAll(/^\| ([\d, ]+) \| (`.*?) \| \| (\d) \| ([^ ]+)/gm)]
    const channels = rows.flatMap(([, codes, names]) => {
      const listed = [...names!.matchAll(/`(\w+)`/g)].map((match) => match[1])
      return codes!.split(',').map((code, index) => [Number(code), listed[index]] as const)
    })
    expect(channels).toEqual(CHANNEL_NAMES.map((name, code) => [code, name]))
    expect(rows.map((row) => row[4])).toEqual([...UNIT_CODES])
    expect(page).toContain(`(0 to ${LONGEST_TEXT})`)
  })

  it('has the report descriptor of the sizes and usages that the transport looks for', () => {
    const text = block('hex hid-report-descriptor')
      .split('\n')
      .map((line) => line.slice(0, 15))
      .join('')
    const descriptor = bytesOf(text)
    const items = [...parseDescriptor(descriptor)]
    const value = (tag: number) => items.filter((item) => item.tag === tag).map((item) => item.value)
    expect(value(0x04)).toEqual([PEN_USAGE_PAGE])
    expect(value(0x08)[0]).toBe(PEN_USAGE)
    expect(value(0x84)).toEqual([1, 2])
    expect(value(0x94)).toEqual([HID_DATA_BYTES, HID_HELLO_BYTES])
    expect(value(0x74)).toEqual([8])
  })

  const compiler = spawnSync('cc', ['--version']).status === 0
  it.skipIf(!compiler)(
    'has a C program that compiles without a warning and prints the examples (skipped: no C compiler found)',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'kalamos-c-'))
      try {
        writeFileSync(join(folder, 'pen.c'), block('c'))
        const built = spawnSync(
          'cc',
          ['-std=c99', '-Wall', '-Wextra', '-Werror', '-o', join(folder, 'pen'), join(folder, 'pen.c')],
          { encoding: 'utf8' },
        )
        expect(built.stderr).toBe('')
        const printed = spawnSync(join(folder, 'pen'), { encoding: 'utf8' }).stdout.trim().split('\n').map(bytesOf)
        expect(printed).toEqual([hello, data, serial])
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
  )
})

/** Short items of a HID report descriptor: tag and type in the upper six bits, size in the lower two. */
function* parseDescriptor(bytes: Uint8Array): Generator<{ tag: number; value: number }> {
  for (let at = 0; at < bytes.length;) {
    const size = [0, 1, 2, 4][bytes[at]! & 3]!
    let value = 0
    for (let i = 0; i < size; i++) value |= bytes[at + 1 + i]! << (8 * i)
    yield { tag: bytes[at]! & 0xfc, value }
    at += 1 + size
  }
}

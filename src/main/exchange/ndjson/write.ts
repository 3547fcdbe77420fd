import type { Signal } from '../../../shared/signal.ts'
import { fieldsOf } from '../fields.ts'
import { float32Text, float64Text } from '../number-text.ts'
import { OutputFile } from '../output-file.ts'
import type { RecordingSink, WriteContext } from '../recording.ts'

/** One JSON object a line; gzipped where the name ends in `.gz`. */
export async function writeNdjson({ path }: WriteContext, name: string): Promise<RecordingSink> {
  const file = await OutputFile.create(path, { gzip: name.endsWith('.gz') })
  return {
    write: (recording) => file.text(`${lineOf(fieldsOf(recording), recording.signal)}\n`),
    close: () => file.close(),
    abort: () => file.abort(),
  }
}

/** One line: what is said of a recording, and its samples, clocks and gaps to the last bit. */
export function lineOf(about: object, signal: Signal): string {
  const head = JSON.stringify({
    ...about,
    channels: signal.channels.map(({ name }) => name),
    units: signal.channels.map(({ unit }) => unit),
  })
  const parts = [head.slice(0, -1), ...clocks(signal)]
  if (signal.gaps.length > 0) parts.push(`"gaps":[${signal.gaps.map(({ at, lost }) => `[${at},${lost}]`).join(',')}]`)
  return `${parts.join(',')},"samples":[${rows(signal).join(',')}]}`
}

function rows({ values, frames, channels: { length: width } }: Signal): string[] {
  const lines: string[] = []
  for (let frame = 0; frame < frames; frame++) {
    const row = Array.from(values.subarray(frame * width, (frame + 1) * width), (value) =>
      Number.isFinite(value) ? float32Text(value) : `"${float32Text(value)}"`,
    )
    lines.push(`[${row.join(',')}]`)
  }
  return lines
}

/**
 * Device times in ms where that tells them exactly, because that is what others read; host times where there are any.
 */
function clocks({ deviceMicros, hostMillis }: Signal): string[] {
  const parts: string[] = []
  if (deviceMicros.every((time) => Number.isFinite(time) && Object.is((time / 1000) * 1000, time))) {
    parts.push(`"t_ms":[${Array.from(deviceMicros, (time) => float64Text(time / 1000)).join(',')}]`)
  } else if (deviceMicros.some((time) => !Number.isNaN(time))) parts.push(`"device_us":[${times(deviceMicros)}]`)
  if (hostMillis.some((time) => !Number.isNaN(time))) parts.push(`"host_ms":[${times(hostMillis)}]`)
  return parts
}

function times(values: Float64Array): string {
  return Array.from(values, (time) => (Number.isFinite(time) ? float64Text(time) : 'null')).join(',')
}

import type { FrameBlock } from '../../../shared/signal.ts'
import { type RawBlock, sameChannels } from '../codecs/codec.ts'
import type { Calibration } from '../profile.ts'

/** What a codec gave, in the units of the profile, with its arrival (ms since 1970). */
export function toFrames(raw: RawBlock, calibration: Calibration, hostMillis: number): FrameBlock {
  const { columns, bias, scale, channels, mixing } = calibration
  const width = channels.length
  const rawWidth = raw.columns.length
  const values = new Float32Array(raw.count * width)
  for (let frame = 0; frame < raw.count; frame++) {
    const from = frame * rawWidth
    const to = frame * width
    for (let c = 0; c < width; c++) values[to + c] = (raw.values[from + columns[c]!]! - bias[c]!) * scale[c]!
    for (const { at, matrix } of mixing) mix(values, to, at, matrix)
  }
  return {
    channels,
    count: raw.count,
    values,
    deviceMicros: raw.deviceMicros,
    hostMillis: new Float64Array(raw.count).fill(hostMillis),
    lostBefore: raw.lostBefore,
  }
}

function mix(values: Float32Array, frame: number, [i, j, k]: readonly number[], matrix: readonly number[]): void {
  const [x, y, z] = [values[frame + i!]!, values[frame + j!]!, values[frame + k!]!]
  values[frame + i!] = matrix[0]! * x + matrix[1]! * y + matrix[2]! * z
  values[frame + j!] = matrix[3]! * x + matrix[4]! * y + matrix[5]! * z
  values[frame + k!] = matrix[6]! * x + matrix[7]! * y + matrix[8]! * z
}

/** Neighbouring blocks with the same channels as one. */
export function joinBlocks(blocks: readonly FrameBlock[]): FrameBlock[] {
  const joined: FrameBlock[] = []
  for (let start = 0; start < blocks.length;) {
    const channels = blocks[start]!.channels
    let end = start + 1
    while (end < blocks.length && sameChannels(blocks[end]!.channels, channels)) end++
    joined.push(end === start + 1 ? blocks[start]! : joinRun(blocks.slice(start, end)))
    start = end
  }
  return joined
}

function joinRun(blocks: readonly FrameBlock[]): FrameBlock {
  const channels = blocks[0]!.channels
  const count = blocks.reduce((sum, block) => sum + block.count, 0)
  const joined: FrameBlock = {
    channels,
    count,
    values: new Float32Array(count * channels.length),
    deviceMicros: new Float64Array(count),
    hostMillis: new Float64Array(count),
    lostBefore: new Uint32Array(count),
  }
  let at = 0
  for (const block of blocks) {
    joined.values.set(block.values, at * channels.length)
    joined.deviceMicros.set(block.deviceMicros, at)
    joined.hostMillis.set(block.hostMillis, at)
    joined.lostBefore.set(block.lostBefore, at)
    at += block.count
  }
  return joined
}

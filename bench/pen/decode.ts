import { createCodec } from '../../src/main/pen/codecs/index.ts'
import { arduinoText, penFrames, witMotion, ximu3Binary, ximu3Text } from './streams.ts'

const FRAMES = 50_000
/** What a serial port hands over at a time when it is busy. */
const CHUNK_BYTES = 4096
const SECONDS = 1

/** Frames a second of each codec on one core, chunk by chunk. */
export function decodeSpeeds(): Record<string, number> {
  return {
    'pen-frame (13 channels)': speed('pen-frame', penFrames(FRAMES)),
    'ximu3 (binary)': speed('ximu3', ximu3Binary(FRAMES)),
    'ximu3 (text)': speed('ximu3', ximu3Text(FRAMES)),
    witmotion: speed('witmotion', witMotion(FRAMES)),
    arduino: speed('arduino', arduinoText(FRAMES)),
  }
}

function speed(name: Parameters<typeof createCodec>[0], stream: Uint8Array): number {
  let frames = 0
  const started = performance.now()
  while (performance.now() - started < SECONDS * 1000) {
    const codec = createCodec(name, [])
    for (let at = 0; at < stream.length; at += CHUNK_BYTES) codec.push(stream.subarray(at, at + CHUNK_BYTES))
    if (codec.tally.frames !== FRAMES) throw new Error(`${name}: ${codec.tally.frames} of ${FRAMES} frames`)
    frames += codec.tally.frames
  }
  return Math.round((frames / (performance.now() - started)) * 1000)
}

import type { Signal } from '../../../shared/signal.ts'
import { padded } from '../batches/batches.ts'
import { signatureOf, type StoredModel } from '../checkpoint/model.ts'
import { BY_RECORDING, normalise } from '../data/normalise.ts'
import { pieceOf } from '../data/pieces.ts'
import { textOf, type ReadText } from '../decode/text.ts'
import type { Engine } from '../../compute/engine/types.ts'

/** One word as a model reads it. */
export interface WordReading extends ReadText {
  /**
   * `[frames, outputs]` for words, `[1, outputs]` for single labels: what a beam search or a calibration goes on from.
   */
  logits: { values: Float32Array; frames: number; outputs: number }
}

/** A model that reads recordings one by one. */
export interface Recogniser {
  readonly model: StoredModel
  /** Throws `empty-recording`, `device-unsuitable` or `invalid-input` for a signal that cannot be read. */
  read(signal: Signal): Promise<WordReading>
  dispose(): Promise<void>
}

/** Opens an engine for reading one word at a time with as little delay as can be had. */
export type OpenReadingEngine = (model: StoredModel) => Promise<Engine>

/** Makes a model ready to read, and reads nothing once, so that the first word does not pay for compilation. */
export async function loadRecogniser(model: StoredModel, open: OpenReadingEngine): Promise<Recogniser> {
  const signature = signatureOf(model.card)
  const engine = await open(model)
  const readPiece = async (piece: Float32Array): Promise<WordReading> => {
    const { outputs, lengths } = await engine.predict({ ...padded([piece], signature), labels: [[]] })
    const logits = outputs['logits']!
    const size = logits.shape.at(-1)!
    const frames = lengths?.[0] ?? 1
    return {
      ...textOf(signature, logits, 0, frames),
      logits: { values: logits.values.slice(0, frames * size), frames, outputs: size },
    }
  }
  for (const frames of WARM_UP) await readPiece(new Float32Array(frames * signature.channels.length))
  return {
    model,
    async read(signal) {
      const piece = pieceOf(signal, signature)
      normalise(piece, signature.channels.length, signature.normalisation ?? BY_RECORDING)
      return readPiece(piece)
    },
    dispose: () => engine.dispose(),
  }
}

/** Frames of the words that warm an engine up: usual lengths. */
const WARM_UP = [64, 256, 256]

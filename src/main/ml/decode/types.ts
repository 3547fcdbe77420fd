/** The classes of one recording over time: `logits` is `[frames, classes]`, row by row. */
export interface CtcLogits {
  logits: Float32Array
  frames: number
  classes: number
  /** The class that stands for no letter. */
  blank: number
}

/** A letter as it was read: its class, how sure the model is (0 to 1), and the output frame it begins at. */
export interface DecodedLetter {
  symbol: number
  probability: number
  frame: number
}

/** What a decoder makes of logits. `confidence` is the letters' mean probability, 0 where nothing was read. */
export interface Decoded {
  letters: DecodedLetter[]
  confidence: number
}

import type { Decoding, WordOption } from '../../../shared/api/recognition.ts'
import type { ModelSignature } from '../data/types.ts'
import { calibratedConfidence, type ConfidenceCalibration } from './confidence-calibration.ts'
import type { LanguageModel } from './language-model.ts'
import { LEXICON, LexiconPrior } from './lexicon-prior.ts'
import { prefixBeamSearch, type Hypothesis } from './prefix-beam.ts'
import { textOf } from './text.ts'
import type { Trie } from './trie.ts'

export type Method = Decoding['method']
export type DecoderSettings = Pick<Decoding, 'method' | 'beamWidth' | 'languageWeight' | 'readings'> & {
  lexiconWeight?: number
  letterBonus?: number
}

/** What a decoder goes by beside the network: words, which letter follows which, and what its confidence is worth. */
export interface DecoderKnowledge {
  /** Words that are likelier than others; or, as a tree alone, the only ones. */
  lexicon?: LexiconPrior | Trie
  language?: LanguageModel
  calibration?: Partial<Record<Method, ConfidenceCalibration>>
}

/** `[frames, outputs]` of one word, or `[1, outputs]` of a single label. */
export interface WordLogits {
  values: Float32Array
  frames: number
  outputs: number
}

/** A word with everything a person needs to judge it. */
export interface DecodedWord {
  text: string
  /** 0 to 1; the share of words that are right with it where `calibrated`. */
  confidence: number
  calibrated: boolean
  /** What the decoder itself claims: what a calibration is fitted to. */
  rawConfidence: number
  /** Best first, the text itself included; their confidences sum to 1 at most. */
  readings: WordOption[]
  /** Whether the lexicon has the word; null where there was none. */
  inLexicon: boolean | null
}

export type Decoder = (logits: WordLogits) => DecodedWord

/**
 * Alternatives to a greedy reading are looked for in a narrow beam among few letters: they must not cost what a search
 * costs.
 */
const GREEDY = { width: 8, lettersPerFrame: 5 }

/**
 * Builds the decoder of a model: greedy, free beam search, or beam search with a lexicon. Single labels are read the
 * same way whatever the method: the likeliest class. Throws a `RangeError` for the method `lexicon` without one.
 */
export function createDecoder(
  signature: Pick<ModelSignature, 'task' | 'classes'>,
  settings: DecoderSettings,
  knowledge: DecoderKnowledge = {},
): Decoder {
  const { method } = settings
  if (method === 'lexicon' && !knowledge.lexicon) throw new RangeError('a search in a lexicon needs one')
  const map = knowledge.calibration?.[signature.task === 'classes' ? 'greedy' : method]
  const read =
    signature.task === 'classes'
      ? labelsOf(signature, settings)
      : method === 'greedy'
        ? greedyOf(signature, settings)
        : searchOf(signature, settings, knowledge)
  return (logits) => {
    const { text, rawConfidence, others, inLexicon } = read(logits)
    const confidence = map ? calibratedConfidence(map, rawConfidence) : rawConfidence
    return {
      text,
      confidence,
      calibrated: map !== undefined,
      rawConfidence,
      readings: [{ text, confidence }, ...shared(others, confidence)],
      inLexicon,
    }
  }
}

interface Read {
  text: string
  rawConfidence: number
  /** The other readings with weights in any unit. */
  others: { text: string; weight: number }[]
  inLexicon: boolean | null
}

function labelsOf(signature: Pick<ModelSignature, 'task' | 'classes'>, { readings }: DecoderSettings) {
  return (logits: WordLogits): Read => {
    const log = logSoftmax(logits)
    const ranked = signature.classes
      .map((text, at) => ({ text, weight: Math.exp(log[at]!) }))
      .sort((a, b) => b.weight - a.weight)
    const [best, ...others] = ranked
    return { text: best!.text, rawConfidence: best!.weight, others: others.slice(0, readings - 1), inLexicon: null }
  }
}

function greedyOf(signature: Pick<ModelSignature, 'task' | 'classes'>, { readings, beamWidth }: DecoderSettings) {
  return (logits: WordLogits): Read => {
    const { text, confidence } = textOf(
      signature,
      { shape: [1, logits.frames, logits.outputs], values: logits.values },
      0,
      logits.frames,
    )
    const found =
      readings > 1
        ? prefixBeamSearch(logSoftmax(logits), logits.outputs, signature.classes.join(''), {
            ...GREEDY,
            width: Math.min(beamWidth, GREEDY.width),
            best: readings + 1,
          })
        : []
    const others = weighed(found).filter((reading) => reading.text !== text && reading.text !== '')
    return { text, rawConfidence: confidence, others: others.slice(0, readings - 1), inLexicon: null }
  }
}

function searchOf(
  signature: Pick<ModelSignature, 'classes'>,
  {
    method,
    beamWidth,
    languageWeight,
    lexiconWeight = LEXICON.weight,
    letterBonus = LEXICON.letterBonus,
    readings,
  }: DecoderSettings,
  { lexicon, language }: DecoderKnowledge,
) {
  const alphabet = signature.classes.join('')
  const known =
    method !== 'lexicon'
      ? {}
      : lexicon instanceof LexiconPrior
        ? { prior: lexicon, priorWeight: lexiconWeight, letterBonus: lexiconWeight * letterBonus }
        : { lexicon: lexicon! }
  return (logits: WordLogits): Read => {
    const found = prefixBeamSearch(logSoftmax(logits), logits.outputs, alphabet, {
      width: beamWidth,
      best: Math.max(readings, 5),
      languageWeight,
      ...known,
      ...(language ? { language } : {}),
    })
    const [best, ...others] = weighed(found)
    const [first] = found
    if (!best || !first) return { text: '', rawConfidence: 0, others: [], inLexicon: null }
    // Being the best of the lexicon says little where the network saw none of its words: its own view of the letters
    // counts, too.
    const ofLetters = Math.exp(first.logProbability / Math.max(1, [...first.text].length))
    return {
      text: best.text,
      rawConfidence: best.weight * ofLetters,
      others: others.filter(({ text }) => text !== '').slice(0, readings - 1),
      inLexicon: method === 'lexicon' ? first.inLexicon : null,
    }
  }
}

/** Hypotheses with their share of the scores' mass. */
function weighed(found: readonly Hypothesis[]): { text: string; weight: number }[] {
  const top = found[0]?.score ?? 0
  const sum = found.reduce((total, { score }) => total + Math.exp(score - top), 0)
  return found.map(({ text, score }) => ({ text, weight: Math.exp(score - top) / sum }))
}

/**
 * What the best reading leaves of certainty, shared out among the others; none of them may look surer than the best.
 */
function shared(others: readonly { text: string; weight: number }[], best: number): WordOption[] {
  const sum = others.reduce((total, { weight }) => total + weight, 0)
  return others.map(({ text, weight }) => ({
    text,
    confidence: sum > 0 ? Math.min(best, ((1 - best) * weight) / sum) : 0,
  }))
}

/** Natural logarithms of the softmax of every frame. */
function logSoftmax({ values, frames, outputs }: WordLogits): Float32Array {
  const log = new Float32Array(frames * outputs)
  for (let row = 0; row < log.length; row += outputs) {
    let top = -Infinity
    for (let k = 0; k < outputs; k++) top = Math.max(top, values[row + k]!)
    let sum = 0
    for (let k = 0; k < outputs; k++) sum += Math.exp(values[row + k]! - top)
    const shift = top + Math.log(sum)
    for (let k = 0; k < outputs; k++) log[row + k] = values[row + k]! - shift
  }
  return log
}

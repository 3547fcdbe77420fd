import type { Reliability } from '../../../shared/api/training.ts'
import type { ConfidenceCalibrations } from '../../ml/checkpoint/card.ts'
import type { Example, ModelSignature } from '../../ml/data/types.ts'
import {
  calibratedConfidence,
  expectedCalibrationError,
  fitConfidenceCalibration,
  reliability,
  type Judged,
} from '../../ml/decode/confidence-calibration.ts'
import type { Decoder } from '../../ml/decode/decoder.ts'
import type { Lexicon } from '../../ml/decode/lexicon.ts'
import type { Engine } from '../../compute/engine/types.ts'
import { readExamples, type ReadExample } from './evaluate.ts'
import { FEWEST_WORDS, searching, wordsToSearch } from './search.ts'

const BATCH_SIZE = 64

/**
 * Measures on held-out words what a network's confidence is worth, for every way of decoding. The lexicon is taken as
 * it is. Null where fewer than 30 words were held out.
 */
export async function calibrateConfidence(
  engine: Engine,
  signature: ModelSignature,
  heldOut: readonly Example[],
  lexiconFor: () => Promise<Pick<Lexicon, 'prior'>>,
): Promise<ConfidenceCalibrations | null> {
  if (heldOut.length < FEWEST_WORDS) return null
  const { readings } = await readExamples(engine, signature, heldOut, { batchSize: BATCH_SIZE })
  const greedy = readings.map(judged)
  const maps: ConfidenceCalibrations['maps'] = { greedy: fitConfidenceCalibration(greedy) }
  if (signature.task === 'ctc') {
    const some = wordsToSearch(heldOut)
    maps.beam = fitConfidenceCalibration(await judgedBy(searching(signature, 'beam'), engine, signature, some))
    maps.lexicon = fitConfidenceCalibration(
      await judgedBy(searching(signature, 'lexicon', (await lexiconFor()).prior), engine, signature, some),
    )
  }
  return { maps, reliability: reliabilityOf(greedy) }
}

async function judgedBy(
  decode: Decoder,
  engine: Engine,
  signature: ModelSignature,
  examples: readonly Example[],
): Promise<Judged[]> {
  const { readings } = await readExamples(engine, signature, examples, { batchSize: BATCH_SIZE, decode })
  return readings.map(({ reference, decoded }) => ({
    confidence: decoded!.rawConfidence,
    right: decoded!.text === reference,
  }))
}

function judged({ reference, hypothesis, confidence }: ReadExample): Judged {
  return { confidence, right: hypothesis === reference }
}

/** How good the confidence is before and after; after is measured on words that the map was not fitted to. */
export function reliabilityOf(words: readonly Judged[]): Reliability {
  const halves = [words.filter((_, at) => at % 2 === 0), words.filter((_, at) => at % 2 === 1)] as const
  const shown = halves.flatMap((half, which) => {
    const map = fitConfidenceCalibration(halves[1 - which]!)
    return half.map(({ confidence, right }) => ({ confidence: calibratedConfidence(map, confidence), right }))
  })
  return { words: words.length, raw: sideOf(words), shown: sideOf(shown) }
}

function sideOf(words: readonly Judged[]): Reliability['raw'] {
  const bins = reliability(words).map((bin) => ({
    ...bin,
    confidence: numberOrNull(bin.confidence),
    right: numberOrNull(bin.right),
  }))
  return { error: expectedCalibrationError(words), bins }
}

function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value
}

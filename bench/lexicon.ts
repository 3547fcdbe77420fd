// What the lexicon does to the error rates of the base model, on virtual words and writers that it never saw: words of
// running text, rare words of the lists, and words that no list has; and which languages it had best have.
//
// usage: npm run bench -- lexicon [--json] [--words 300] [--grid]
import { parseArgs } from 'node:util'
import { compareReadings } from '../src/main/training/fine-tuning/comparison.ts'
import { loadModel } from '../src/main/ml/checkpoint/model.ts'
import { fitConfidenceCalibration, type Judged } from '../src/main/ml/decode/confidence-calibration.ts'
import { createDecoder, type Decoder, type DecoderSettings, type WordLogits } from '../src/main/ml/decode/decoder.ts'
import { loadLists, type Lists } from '../src/main/ml/decode/lexicon.ts'
import { LEXICON, LexiconPrior } from '../src/main/ml/decode/lexicon-prior.ts'
import { openEngineForModel } from '../src/main/ml/programs/open-engine.ts'
import '../src/main/ml/programs/index.ts'
import { resource } from '../src/main/files/paths.ts'
import { loadRecogniser } from '../src/main/ml/inference/recogniser.ts'
import { errorRates } from '../src/shared/text.ts'
import { heldOutWords, KINDS, type HeldOutWord, type Kind } from './lexicon/words.ts'

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    words: { type: 'string', default: '300' },
    grid: { type: 'boolean', default: false },
  },
})
const say = (text: string): void => void process.stderr.write(`${text}\n`)
const SETTINGS: DecoderSettings = { method: 'lexicon', beamWidth: 32, languageWeight: 0, readings: 1 }
/** The parameters are chosen on other words and writers than those that are reported. */
const SEEDS = { chosen: 1, reported: 2 }
const GRID = { weight: [0.35, 0.5, 0.7], letterBonus: [1, 3, 5], unknown: [0.02, 0.1] }

const model = loadModel(resource('models', 'base.json'))
const recogniser = await loadRecogniser(model, openEngineForModel)
const signature = { task: 'ctc', classes: model.card.classes } as const
const began = performance.now()
const lists = await loadLists(['de', 'en'], signature.classes)
const loadMs = performance.now() - began
const alone = { de: await loadLists(['de'], signature.classes), en: await loadLists(['en'], signature.classes) }
say(
  `${lists.trie.words} words of the lists in ${loadMs.toFixed(0)} ms, ${lists.trie.leftOut} need signs that the ` +
    'model does not know',
)

interface Read extends Omit<HeldOutWord, 'signal'> {
  logits: WordLogits
}

async function read(seed: number): Promise<Read[]> {
  const all: Read[] = []
  for (const { signal, ...word } of heldOutWords(Number(options.words), seed, lists.trie, signature.classes))
    all.push({ ...word, logits: (await recogniser.read(signal)).logits })
  return all
}

type Weights = typeof LEXICON

function decoderOf(
  method: DecoderSettings['method'],
  { of = lists, weights = LEXICON, readings = 1 }: { of?: Lists; weights?: Weights; readings?: number } = {},
): Decoder {
  const prior = new LexiconPrior(
    { tries: [of.trie], letters: of.letters, alphabet: signature.classes.join('') },
    { unknown: weights.unknown },
  )
  return createDecoder(
    signature,
    { ...SETTINGS, method, readings, lexiconWeight: weights.weight, letterBonus: weights.letterBonus },
    { lexicon: prior },
  )
}

interface Rates {
  cer: number
  wer: number
}

/** Error rates of all words and kind by kind. */
function scores(words: readonly Read[], decode: Decoder): { all: Rates; ms_per_word: number } & Record<Kind, Rates> {
  const start = performance.now()
  const readings = words.map((word) => ({ ...word, hypothesis: decode(word.logits).text }))
  const ms = (performance.now() - start) / words.length
  const of = (those: typeof readings): Rates => {
    const { cer, wer } = errorRates(those.map(({ label, hypothesis }) => ({ reference: label, hypothesis })))
    return { cer: round(cer), wer: round(wer) }
  }
  const [text, rare, outside] = KINDS.map((kind) => of(readings.filter((one) => one.kind === kind))) as [
    Rates,
    Rates,
    Rates,
  ]
  return { all: of(readings), text, rare, outside, ms_per_word: round(ms) }
}

if (options.grid) {
  const words = await read(SEEDS.chosen)
  for (const weight of GRID.weight) {
    for (const letterBonus of GRID.letterBonus) {
      for (const unknown of GRID.unknown) {
        const { all, text, rare, outside } = scores(
          words,
          decoderOf('lexicon', { weights: { weight, letterBonus, unknown } }),
        )
        say(
          `weight ${weight} bonus ${letterBonus} unknown ${unknown}: CER ${all.cer} (text ${text.cer}, rare ` +
            `${rare.cer}, outside ${outside.cer}), WER ${all.wer} (${text.wer}, ${rare.wer}, ${outside.wer})`,
        )
      }
    }
  }
}
const words = await read(SEEDS.reported)
const report = {
  without: scores(words, decoderOf('greedy')),
  beam: scores(words, decoderOf('beam')),
  with_lexicon: scores(words, decoderOf('lexicon')),
  change: Object.fromEntries(KINDS.map((kind) => [kind, changeOf(words.filter((word) => word.kind === kind))])),
  by_language: {
    own: byLists((language) => alone[language]),
    both: byLists(() => lists),
    other: byLists((language) => alone[language === 'de' ? 'en' : 'de']),
  },
  parameters: LEXICON,
  // What the confidence of the lexicon is worth on these words: the map that the card of the base model has.
  calibration: fitConfidenceCalibration(judged(words)),
  words: words.length,
  lexicon_words: lists.trie.words,
  load_ms: Math.round(loadMs),
  model: model.card.name,
  virtual: true,
}
await recogniser.dispose()
process.stdout.write(`${options.json ? JSON.stringify(report) : JSON.stringify(report, null, 2)}\n`)
process.exit(0)

/**
 * What the lexicon changes, paired word by word: with the lexicon minus without, its 95 % bootstrap interval over the
 * words, and whether that includes none.
 */
function changeOf(those: readonly Read[]) {
  const [before, after] = [decoderOf('greedy'), decoderOf('lexicon')]
  const {
    words: pairs,
    writers,
    cer,
    wer,
  } = compareReadings(
    those.map(({ writer, label, logits }, at) => ({
      recordingId: at,
      writerId: writer,
      label,
      before: before(logits).text,
      after: after(logits).text,
    })),
  )
  const rounded = ({ change: { value, low, high } }: typeof cer) => ({
    value: round(value),
    low: round(low),
    high: round(high),
    zero_inside: low <= 0 && high >= 0,
  })
  return { pairs, writers, cer: rounded(cer), wer: rounded(wer) }
}

/** Words of the lists, read with the lists that a word of this language is given. */
function byLists(listsOf: (language: HeldOutWord['language']) => Lists): Record<'text' | 'rare', Rates> {
  const decoders = { de: decoderOf('lexicon', { of: listsOf('de') }), en: decoderOf('lexicon', { of: listsOf('en') }) }
  const rates = (kind: Kind): Rates => {
    const those = words.filter((word) => word.kind === kind)
    const { cer, wer } = errorRates(
      those.map(({ language, label, logits }) => ({ reference: label, hypothesis: decoders[language](logits).text })),
    )
    return { cer: round(cer), wer: round(wer) }
  }
  return { text: rates('text'), rare: rates('rare') }
}

/** How sure the lexicon was of each word, and whether it was right. */
function judged(those: readonly Read[]): Judged[] {
  // Several readings share the certainty, as where people see them.
  const decode = decoderOf('lexicon', { readings: 5 })
  return those.map(({ label, logits }) => {
    const { text, rawConfidence } = decode(logits)
    return { confidence: rawConfidence, right: text === label }
  })
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000
}

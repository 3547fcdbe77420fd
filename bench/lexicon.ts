// What the lexicon does to the error rates of the base model, on virtual words and writers that it never saw: words of running text, rare words of the lists, and words that no list has.
//
// usage: npm run bench -- lexicon [--json] [--words 300] [--grid]
import { parseArgs } from 'node:util'
import { loadModel } from '../src/main/ml/checkpoint/model.ts'
import { fitCalibration, type Judged } from '../src/main/ml/decode/calibration.ts'
import { createDecoder, type DecoderSettings, type WordLogits } from '../src/main/ml/decode/decoder.ts'
import { loadLists } from '../src/main/ml/decode/lexicon.ts'
import { LEXICON, LexiconPrior } from '../src/main/ml/decode/lexicon-prior.ts'
import { openEngineForModel } from '../src/main/ml/programs/open-engine.ts'
import '../src/main/ml/programs/index.ts'
import { resource } from '../src/main/files/paths.ts'
import { loadRecogniser } from '../src/main/ml/inference/recogniser.ts'
import { errorRates } from '../src/shared/text.ts'
import { heldOutWords, KINDS, type Kind } from './lexicon/words.ts'

const { values: options } = parseArgs({
  options: { json: { type: 'boolean', default: false }, words: { type: 'string', default: '300' }, grid: { type: 'boolean', default: false } },
})
const say = (text: string): void => void process.stderr.write(`${text}\n`)
const SETTINGS: DecoderSettings = { method: 'lexicon', beamWidth: 32, languageWeight: 0, readings: 1 }
/** The parameters are chosen on other words and writers than those that are reported. */
const SEEDS = { chosen: 1, reported: 2 }
const GRID = { weight: [0.35, 0.5, 0.7], letterBonus: [1, 3, 5], unknown: [0.02, 0.1] }

const model = loadModel(resource('models', 'base.json'))
const recogniser = await loadRecogniser(model, openEngineForModel)
const face = { task: 'ctc', classes: model.card.classes } as const
const began = performance.now()
const lists = await loadLists(['de', 'en'], face.classes)
const loadMs = performance.now() - began
say(`${lists.trie.words} words of the lists in ${loadMs.toFixed(0)} ms, ${lists.trie.leftOut} need signs that the model does not know`)

interface Read {
  kind: Kind
  reference: string
  logits: WordLogits
}

async function read(seed: number): Promise<Read[]> {
  const all: Read[] = []
  for (const { kind, label, signal } of heldOutWords(Number(options.words), seed, lists.trie, face.classes)) all.push({ kind, reference: label, logits: (await recogniser.read(signal)).logits })
  return all
}

type Weights = typeof LEXICON

function scores(words: readonly Read[], method: DecoderSettings['method'], weights: Weights = LEXICON) {
  const prior = new LexiconPrior({ tries: [lists.trie], letters: lists.letters, alphabet: face.classes.join('') }, { unknown: weights.unknown })
  const decode = createDecoder(face, { ...SETTINGS, method, lexiconWeight: weights.weight, letterBonus: weights.letterBonus }, { lexicon: prior })
  const start = performance.now()
  const readings = words.map(({ kind, reference, logits }) => ({ kind, reference, hypothesis: decode(logits).text }))
  const ms = (performance.now() - start) / words.length
  const of = (those: typeof readings) => {
    const { cer, wer } = errorRates(those)
    return { cer: round(cer), wer: round(wer) }
  }
  return { all: of(readings), ...Object.fromEntries(KINDS.map((kind) => [kind, of(readings.filter((one) => one.kind === kind))])), ms_per_word: round(ms) } as { all: { cer: number; wer: number }; ms_per_word: number } & Record<Kind, { cer: number; wer: number }>
}

if (options.grid) {
  const words = await read(SEEDS.chosen)
  for (const weight of GRID.weight) {
    for (const letterBonus of GRID.letterBonus) {
      for (const unknown of GRID.unknown) {
        const { all, text, rare, outside } = scores(words, 'lexicon', { weight, letterBonus, unknown })
        say(`weight ${weight} bonus ${letterBonus} unknown ${unknown}: CER ${all.cer} (text ${text.cer}, rare ${rare.cer}, outside ${outside.cer}), WER ${all.wer} (${text.wer}, ${rare.wer}, ${outside.wer})`)
      }
    }
  }
}
const words = await read(SEEDS.reported)
const report = {
  without: scores(words, 'greedy'),
  beam: scores(words, 'beam'),
  with_lexicon: scores(words, 'lexicon'),
  parameters: LEXICON,
  // What the confidence of the lexicon is worth on these words: the map that the card of the base model has.
  calibration: fitCalibration(judged(words)),
  words: words.length,
  lexicon_words: lists.trie.words,
  load_ms: Math.round(loadMs),
  model: model.card.name,
  virtual: true,
}
await recogniser.dispose()
process.stdout.write(`${options.json ? JSON.stringify(report) : JSON.stringify(report, null, 2)}\n`)
process.exit(0)

/** How sure the lexicon was of each word, and whether it was right. */
function judged(those: readonly Read[]): Judged[] {
  const prior = new LexiconPrior({ tries: [lists.trie], letters: lists.letters, alphabet: face.classes.join('') }, LEXICON)
  // Several readings share the certainty, as where people see them.
  const decode = createDecoder(face, { ...SETTINGS, readings: 5 }, { lexicon: prior })
  return those.map(({ reference, logits }) => {
    const { text, rawConfidence } = decode(logits)
    return { confidence: rawConfidence, right: text === reference }
  })
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000
}

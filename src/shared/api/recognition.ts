import * as v from 'valibot'
import { Problem, Said } from '../messages/message.ts'
import { Channel, Segmentation } from './devices.ts'
import { command, count, done, encoding, event, id, instant, nothing, path, query } from './contract.ts'

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1))

/** A language whose words, with their frequencies, ship with the app. */
export const Language = v.picklist(['de', 'en'])
export type Language = v.InferOutput<typeof Language>

/** How many words the list of each language holds: said before it is loaded. */
export const LISTED_WORDS: Readonly<Record<Language, number>> = { de: 266_940, en: 158_710 }

/** How letters become words. */
export const Decoding = v.strictObject({
  /**
   * `greedy`: the likeliest letter of every moment. `beam`: the likeliest text. `lexicon`: the likeliest text, where
   * words of the lexicon are likelier than others.
   */
  method: v.picklist(['greedy', 'beam', 'lexicon']),
  /** How many beginnings of words a beam search follows at a time. */
  beamWidth: v.pipe(count, v.minValue(1), v.maxValue(256)),
  /** Weight of the language model, where there is one, against the network; beam searches only. */
  languageWeight: v.pipe(v.number(), v.minValue(0), v.maxValue(5)),
  /** Weight of the lexicon against the network; a word that is not in it wins where the network is sure enough. */
  lexiconWeight: v.pipe(v.number(), v.minValue(0), v.maxValue(5)),
  /** How many readings of a word are told, the best included. */
  readings: v.pipe(count, v.minValue(1), v.maxValue(9)),
  /** A word read with less confidence is doubtful: its readings are shown instead of a guess. */
  doubtBelow: share,
  /** A pause of so many ms or more between words begins a new line; null: never. */
  lineBreakMs: v.nullable(v.pipe(v.number(), v.minValue(300), v.maxValue(600_000))),
  /**
   * Whether the pause that ends a word is learned from the writer, from the next start on; else it is the profile's.
   */
  learnPauses: v.boolean(),
})
export type Decoding = v.InferOutput<typeof Decoding>

/** Some of it, to change. */
export const DecodingChange = v.strictObject({
  method: v.exactOptional(Decoding.entries.method),
  beamWidth: v.exactOptional(Decoding.entries.beamWidth),
  languageWeight: v.exactOptional(Decoding.entries.languageWeight),
  lexiconWeight: v.exactOptional(Decoding.entries.lexiconWeight),
  readings: v.exactOptional(Decoding.entries.readings),
  doubtBelow: v.exactOptional(Decoding.entries.doubtBelow),
  lineBreakMs: v.exactOptional(Decoding.entries.lineBreakMs),
  learnPauses: v.exactOptional(Decoding.entries.learnPauses),
})
export type DecodingChange = v.InferOutput<typeof DecodingChange>

/** What the user gave to help reading; `name` is that of the file, empty for words that were typed. */
const Source = v.object({ name: v.string(), words: count, addedAt: instant })

/** How words are read, until it is changed. */
export const ReadingSettings = v.object({
  decoding: Decoding,
  /**
   * Words of the languages that are chosen, the user's own list beside them, and how many words were learned from
   * corrections.
   */
  lexicon: v.object({ languages: v.array(Language), builtIn: count, own: v.nullable(Source), learned: count }),
  /** The text that taught the language model which letter follows which. */
  language: v.nullable(Source),
})
export type ReadingSettings = v.InferOutput<typeof ReadingSettings>

/** One reading of a word. Confidences of one word's readings sum to 1 at most. */
export const WordOption = v.object({ text: v.string(), confidence: share })
export type WordOption = v.InferOutput<typeof WordOption>

/** One word that was read while somebody wrote. */
export const ReadWord = v.object({
  /** Counts the words since reading began. */
  index: count,
  /** What was read, or what a person said is right. */
  text: v.string(),
  /** How likely the word is right, 0 to 1, where `calibrated`; else how sure the network claims to be. */
  confidence: v.number(),
  calibrated: v.boolean(),
  /** Whether the confidence is below the threshold and nobody has said yet what is right. */
  doubtful: v.boolean(),
  /**
   * What else it could be, best first and the text itself included; told for the latest words, and the first three for
   * doubtful ones.
   */
  readings: v.array(WordOption),
  /** What parts it from the word before, by the pause between them. */
  before: v.picklist(['start', 'space', 'line']),
  /**
   * From the arrival of the frame with which it was known that the word is over to its text, in ms. The pause that ends
   * a word (`pauseMs`) is not in it; waiting for words before it is.
   */
  latencyMs: v.number(),
  pauseMs: v.number(),
  at: instant,
  durationMs: v.number(),
  frames: count,
  lostFrames: count,
  /** Whether strokes that came late were added and it was read again. */
  revised: v.boolean(),
  /** What the model had read, where a person said what is right; equal to the text where they agreed. */
  readAs: v.nullable(v.string()),
  /** The recording that was kept of a corrected word. */
  recordingId: v.nullable(id),
})
export type ReadWord = v.InferOutput<typeof ReadWord>

/** What the lexicon is to the model that reads. */
export const LexiconInUse = v.object({
  /**
   * `used`: its words are likelier than others. Else letter by letter is read, or as chosen, because another decoding
   * is chosen (`off`), the model reads whole labels (`labels`), its alphabet can write hardly any word of it
   * (`alphabet`), or nothing is in it (`empty`).
   */
  state: v.picklist(['used', 'off', 'labels', 'alphabet', 'empty']),
  languages: v.array(Language),
  /**
   * Different words that are loaded, the user's own among them, and words that need signs which the model does not
   * know; 0 where it is not used.
   */
  words: count,
  leftOut: count,
})
export type LexiconInUse = v.InferOutput<typeof LexiconInUse>

export const ReaderState = v.object({
  modelId: id,
  deviceId: v.string(),
  /** Who writes, where that was said: corrected words become this writer's recordings. */
  writerId: v.nullable(id),
  /** As it is chosen; what becomes of the lexicon depends on the model. */
  decoding: Decoding,
  lexicon: LexiconInUse,
  /** `stopped`: nothing more is read; the text stays. When reading starts anew it becomes plain text. */
  phase: v.picklist(['waiting', 'writing', 'reading', 'paused', 'stopped']),
  /**
   * The latest words, at most 500; what was read before them is plain text of so many letters (`recognise.earlier`).
   */
  words: v.array(ReadWord),
  earlierLength: count,
  /** The pause that ends a word now, in ms, and whether it was learned from the writer. */
  pauseMs: v.number(),
  pauseLearned: v.boolean(),
  /** What `recognise.undo` would take back. */
  undo: v.nullable(v.picklist(['word', 'correction', 'clear'])),
  /** What `recognise.redo` would take again. */
  redo: v.nullable(v.picklist(['word', 'correction', 'clear'])),
  problem: v.nullable(Problem),
})
export type ReaderState = v.InferOutput<typeof ReaderState>

export const recognition = {
  /** Which models can read which device, with the reason where one cannot. */
  'recognise.fits': query(
    v.strictObject({ deviceId: v.string() }),
    v.array(v.object({ modelId: id, fits: v.boolean(), reason: v.nullable(Said) })),
  ),
  /**
   * Starts reading; without a model, with the one that reads this writer (see `adapt.modelFor`).
   * `decoding` holds for this time only; without it the settings do.
   */
  'recognise.start': command(
    v.strictObject({
      modelId: v.optional(v.nullable(id)),
      deviceId: v.string(),
      writerId: v.optional(v.nullable(id)),
      decoding: v.optional(DecodingChange),
    }),
    ReaderState,
  ),
  /** Null until something was read. */
  'recognise.state': query(nothing, v.nullable(ReaderState)),
  /**
   * What was read before the words of the state, and at earlier times of reading, until it is cleared: at most a
   * million letters.
   */
  'recognise.earlier': query(nothing, v.object({ text: v.string() })),
  /**
   * What was written of one of the latest 100 words, late strokes included. `values` is `[frames, channels]`, row by
   * row; `timesMs` from the first frame.
   */
  'recognise.signal': query(
    v.strictObject({ index: count }),
    v.object({ channels: v.array(Channel), timesMs: v.array(v.number()), values: v.array(v.number()) }),
  ),
  'recognise.settings': query(nothing, ReadingSettings),
  /** Changes settings; what is being read goes on with them from the next word. */
  'recognise.configure': command(DecodingChange, ReadingSettings),
  /** Takes over the user's own list of words, one a line, at most 100,000; null removes it. */
  'recognise.setLexicon': command(v.strictObject({ path: v.nullable(path), encoding }), ReadingSettings),
  /** Chooses the languages whose words are likelier than others. */
  'recognise.setLanguages': command(v.strictObject({ languages: v.array(Language) }), ReadingSettings),
  /** The user's own words, and those that were learned from corrections. */
  'recognise.words': query(nothing, v.object({ own: v.array(v.string()), learned: v.array(v.string()) })),
  /** The words of a text, typed or pasted, become the user's own, at most 100,000; of an empty text, none. */
  'recognise.setWords': command(v.strictObject({ text: v.pipe(v.string(), v.maxLength(4_000_000)) }), ReadingSettings),
  /** Forgets words that were learned from corrections. */
  'recognise.forgetWords': command(v.strictObject({ words: v.array(v.string()) }), ReadingSettings),
  /** Writes own and learned words to a new file, one a line. */
  'recognise.saveWords': command(v.strictObject({ path }), v.object({ words: count })),
  /** Teaches the language model with a text; null removes it. */
  'recognise.setLanguage': command(v.strictObject({ path: v.nullable(path), encoding }), ReadingSettings),
  /** Says what a word is: another text, or the one that was read. It is kept as a labelled recording of the writer. */
  'recognise.correct': command(
    v.strictObject({
      index: count,
      text: v.pipe(
        v.string(),
        v.trim(),
        v.normalize('NFC'),
        v.nonEmpty('must not be empty'),
        v.maxLength(200),
        v.regex(/^[^\p{Cc}]*$/u, 'must not contain control characters'),
      ),
    }),
    ReaderState,
  ),
  /**
   * Takes the last correction back, with its recording, or the last word out of the text, or brings the cleared text
   * back.
   */
  'recognise.undo': command(nothing, ReaderState),
  /** Takes again what was taken back last; a correction also while words were read meanwhile. */
  'recognise.redo': command(nothing, ReaderState),
  /** Begins an empty text; recordings that were kept stay. */
  'recognise.clear': command(nothing, ReaderState),
  /** Ends reading; the text stays, to be copied and corrected. */
  'recognise.stop': command(nothing, done),
  /** Listens to an open pen while somebody writes and then rests, and proposes how to cut its words. Saves nothing. */
  'recognise.measureThresholds': command(
    v.strictObject({
      deviceId: v.string(),
      writeMs: v.pipe(v.number(), v.minValue(1000), v.maxValue(60_000)),
      restMs: v.pipe(v.number(), v.minValue(1000), v.maxValue(60_000)),
    }),
    v.object({
      segmentation: Segmentation,
      now: Segmentation,
      /** Activity at rest and of a stroke, in the unit of the threshold. */
      rest: v.number(),
      ink: v.number(),
      pauseLearned: v.boolean(),
    }),
  ),
}

export const recognitionEvents = {
  'recognise.changed': event(ReaderState),
  /** A word was read for the first time; what becomes of it later is in the state. */
  'recognise.word': event(ReadWord),
}

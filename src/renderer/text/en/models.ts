import { integer } from '../format.ts'
import { many } from './many.ts'

export const models = {
  models: {
    emptyTitle: 'No model yet',
    empty: 'Finished trainings appear here as models. The base model that ships with Kalamos reads words right away.',
    addBase: 'Add the base model',
    addNewerBase: 'Add the newer base model',
    baseMissing: 'The base model that ships with Kalamos is not among these.',
    baseEarlier:
      'This version of Kalamos ships a newer base model than the one here. The earlier one stays, with all ' +
      'versions that were made from it.',
    baseAdded: (name: string) => `Model “${name}” added.`,
    rename: 'Rename',
    evaluate: 'Evaluate',
    confirmDelete: (name: string) => `Delete the model “${name}”?`,
    confirmDeleteText: 'Its weights are removed from disk. This cannot be undone.',
    deleted: (name: string) => `Model “${name}” deleted.`,
    parameters: (count: number) => `${integer(count)} parameters`,
    trainedOn: (recordings: number, writers: number) =>
      `trained on ${many(recordings, 'recording')} of ${many(writers, 'writer')}`,
    scoredOn: (recordings: number) => `on ${many(recordings, 'held-out recording')}`,
    scoredGreedily: (recordings: number) => `on ${many(recordings, 'held-out recording')}, without a lexicon`,
    inLexicon: (cer: string, wer: string, right: string) =>
      `With the lexicon that ships: CER ${cer}, WER ${wer}, accuracy ${right}`,
    inLexiconAbout: (recordings: number, words: number, cer: string, wer: string) =>
      `on ${many(recordings, 'held-out recording')}, ${many(words, 'word')} in the lexicon; the same recordings ` +
      `without it: CER ${cer}, WER ${wer}`,
    inLexiconUnknown: (unknown: number) =>
      unknown === 0
        ? 'All of them are in the lexicon.'
        : `${integer(unknown)} of them are not in the lexicon: these are read letter by letter.`,
    notScored: 'not measured',
    evaluateTitle: (name: string) => `Evaluate “${name}”`,
    evaluateText: 'Reads the recordings chosen below and compares with their labels.',
    knownData: '“All recordings” includes those that the model was trained on: its figures look better than they are.',
    evaluateOn: 'Measured on',
    on: { unseen: 'What it was not trained on', all: 'All recordings' },
    measuredOn: {
      unseen: 'on what it was not trained on',
      all: 'on all recordings, including those it was trained on',
    },
    measuredAt: (at: string, on: string) => `Measured ${at}, ${on}.`,
    ofStrangers: (names: string, count: number) =>
      `${count === 1 ? 'Writer' : 'Writers'} the model was not trained on: ${names}.`,
    ofKnown: (names: string, count: number) =>
      `${count === 1 ? 'Writer' : 'Writers'} it was trained on, with other recordings: ${names}.`,
    learnedLeftOut: (count: number) =>
      `${many(count, 'recording')} that it was trained on ${count === 1 ? 'is' : 'are'} left out.`,
    learnedAmong: (count: number, all: number) =>
      `It was trained on ${integer(count)} of these ${many(all, 'recording')}.`,
    parentGone:
      'A model that it was fine-tuned from was deleted; recordings that one was trained on may be among these.',
    earlier: 'Earlier measurements',
    result: 'Result',
    misread: 'Misread',
    knowsWriter: 'known writer',
    openAll: (name: string) => `Show the recordings of ${name}`,
    openWrong: (name: string) => `Show what was misread of ${name}`,
    run: 'Evaluate',
    running: 'Reading…',
    group: 'Group',
    recordings: 'Recordings',
    withLexicon: (words: number) => `The same with the lexicon of ${integer(words)} words`,
    unknown: 'Labels not in it',
    reliability: 'Confidence',
    reliabilityPicture:
      'Confidence of words against the share of them that is right; on the dashed line both are the same',
    ece: 'Confidence calibration error',
    eceHint:
      'Expected calibration error (ECE): by how much the shown confidence differs from the share of words that ' +
      'were right, on held-out words that were not used to calibrate it',
    eceRaw: (error: string) => `before calibration ${error}`,
    bin: (words: number, confidence: string, right: string) =>
      `${many(words, 'word')}: confidence ${confidence}, right ${right}`,
    measured: 'Words recorded only for measuring',
    everybody: 'all',
    greedily: 'Read letter by letter, without a lexicon.',
    trainedFor: (time: string) => `trained for ${time}`,
    notCalibrated: 'Confidence not calibrated: fewer than 30 words were held out.',
    doubtfulRolls: (recordings: number, all: number) =>
      `The roll is doubtful in ${integer(recordings)} of ${many(all, 'recording')} that it was trained on:`,
    rollDoubt: {
      short: 'too short for movement to average out',
      fast: 'moved too much to tell gravity from movement',
      'no gravity': 'with a mean acceleration that is not 1 g',
      upright: 'with the pen upright',
      'upside down': 'with the tip up, or the long axis the other way round',
    },
    rollFirst: (ids: string) => `first: recording ${ids}`,
  },
}

import { integer } from '../format.ts'
import { many } from './many.ts'

export const models = {
  models: {
    emptyTitle: 'No model yet',
    empty: 'A training that finishes leaves a model here.',
    rename: 'Rename',
    evaluate: 'Evaluate',
    confirmDelete: (name: string) => `Delete the model “${name}”?`,
    confirmDeleteText: 'Its weights are removed from disk. This cannot be undone.',
    deleted: (name: string) => `Model “${name}” deleted.`,
    parameters: (count: number) => `${integer(count)} parameters`,
    trainedOn: (recordings: number, writers: number) => `trained on ${many(recordings, 'recording')} of ${many(writers, 'writer')}`,
    scoredOn: (recordings: number) => `on ${many(recordings, 'held-out recording')}`,
    notScored: 'not measured',
    evaluateTitle: (name: string) => `Evaluate “${name}”`,
    evaluateText: 'Reads the recordings chosen below and compares with their labels.',
    knownData: 'Recordings that the model was trained on make its figures look better than they are.',
    run: 'Evaluate',
    running: 'Reading…',
    group: 'Group',
    recordings: 'Recordings',
    withLexicon: (words: number) => `The same with the lexicon of ${integer(words)} words`,
    unknown: 'Labels not in it',
    reliability: 'Confidence',
    reliabilityPicture: 'Confidence of words against the share of them that is right; on the dashed line both are the same',
    ece: 'Calibration error',
    eceHint: 'Expected calibration error: by how much the confidence that is shown misses the share of right words, on held-out words that the calibration was not fitted to',
    eceRaw: (error: string) => `before calibration ${error}`,
    bin: (words: number, confidence: string, right: string) => `${many(words, 'word')}: confidence ${confidence}, right ${right}`,
    notCalibrated: 'Confidence not calibrated: fewer than 30 words were held out.',
  },
}

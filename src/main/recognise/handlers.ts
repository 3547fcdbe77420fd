import type { Handlers } from '../../shared/api.ts'
import { timesOf } from '../signal/times.ts'
import type { LiveRecognition } from './live.ts'

/** Reading words live, as the entry points ask for it. */
export function recogniseHandlers({ live }: { live: LiveRecognition }) {
  const { vocabulary } = live
  return {
    'recognise.fits': ({ deviceId }) => live.fits(deviceId),
    'recognise.start': ({ modelId = null, deviceId, writerId = null, decoding = {} }) =>
      live.start(modelId, deviceId, { writerId, decoding }),
    'recognise.state': () => live.state,
    'recognise.earlier': () => ({ text: live.earlier }),
    'recognise.signal'({ index }) {
      const signal = live.signal(index)
      return {
        channels: [...signal.channels],
        timesMs: Array.from(timesOf(signal), (seconds) => seconds * 1000),
        values: Array.from(signal.values),
      }
    },
    'recognise.settings': () => vocabulary.settings,
    'recognise.configure': (change) => live.settingsChanged(vocabulary.configure(change)),
    'recognise.setLexicon': ({ path, encoding }) => live.settingsChanged(vocabulary.setLexicon(path, encoding)),
    'recognise.setLanguage': ({ path, encoding }) => live.settingsChanged(vocabulary.setLanguage(path, encoding)),
    'recognise.setLanguages': ({ languages }) => live.settingsChanged(vocabulary.setLanguages(languages)),
    'recognise.words': () => vocabulary.words,
    'recognise.setWords': ({ text }) => live.settingsChanged(vocabulary.setWords(text)),
    'recognise.forgetWords': ({ words }) => live.settingsChanged(vocabulary.forgetWords(words)),
    'recognise.saveWords': ({ path }) => ({ words: vocabulary.saveWords(path) }),
    'recognise.correct': ({ index, text }) => live.correct(index, text),
    'recognise.undo': () => live.undo(),
    'recognise.redo': () => live.redo(),
    'recognise.clear': () => live.clear(),
    async 'recognise.stop'() {
      await live.stop()
      return {}
    },
    'recognise.measureThresholds': (input) => live.measureThresholds(input),
  } satisfies Partial<Handlers>
}

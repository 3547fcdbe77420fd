import type { Handlers } from '../../shared/api.ts'
import type { Recorder } from './recorder.ts'

/** The prompted session's part of the contract. */
export function recordHandlers({ recorder }: { recorder: Recorder }) {
  return {
    'record.start': async (input) => {
      await recorder.rewind(input.deviceId)
      return recorder.start(input)
    },
    'record.state': () => recorder.state,
    'record.lastSetup': () => recorder.usual(),
    'record.unfinished': () => recorder.unfinished(),
    'record.resume': async (input) => {
      await recorder.rewind(input.deviceId)
      return recorder.resume(input)
    },
    'record.leave': ({ sessionId }) => {
      recorder.leave(sessionId)
      return {}
    },
    'record.agree': () => recorder.agree(),
    'record.answer': ({ answers }) => recorder.answer(answers),
    'record.note': ({ text, aboutLast }) => recorder.note(text, aboutLast),
    'record.break': () => recorder.rest(),
    'record.next': () => recorder.next(),
    'record.redo': () => recorder.redo(),
    'record.skip': () => recorder.skip(),
    'record.stop': () => {
      recorder.stop()
      return {}
    },
  } satisfies Partial<Handlers>
}

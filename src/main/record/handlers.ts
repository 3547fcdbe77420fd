import type { Handlers } from '../../shared/api.ts'
import type { Recorder } from './recorder.ts'

/** The prompted session's part of the contract. */
export function recordHandlers({ recorder }: { recorder: Recorder }): Pick<
  Handlers,
  'record.start' | 'record.state' | 'record.next' | 'record.redo' | 'record.skip' | 'record.stop'
> {
  return {
    'record.start': async (input) => {
      await recorder.rewind(input.deviceId)
      return recorder.start(input)
    },
    'record.state': () => recorder.state,
    'record.next': () => recorder.next(),
    'record.redo': () => recorder.redo(),
    'record.skip': () => recorder.skip(),
    'record.stop': () => {
      recorder.stop()
      return {}
    },
  }
}

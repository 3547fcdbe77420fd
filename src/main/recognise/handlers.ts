import type { Handlers } from '../../shared/api.ts'
import type { LiveRecognition } from './live.ts'

type Topics = Pick<Handlers, 'recognise.fits' | 'recognise.start' | 'recognise.state' | 'recognise.clear' | 'recognise.stop'>

/** Reading words live, as the doors ask for it. */
export function recogniseHandlers({ live }: { live: LiveRecognition }): Topics {
  return {
    'recognise.fits': ({ deviceId }) => live.fits(deviceId),
    'recognise.start': ({ modelId, deviceId }) => live.start(modelId, deviceId),
    'recognise.state': () => live.state,
    'recognise.clear': () => live.clear(),
    async 'recognise.stop'() {
      await live.stop()
      return {}
    },
  }
}

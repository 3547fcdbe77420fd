import { isRate } from '../../shared/signal.ts'
import { english } from '../../shared/messages/index.ts'
import { isOwnId } from './import-session.ts'
import type { Entry } from './recording.ts'
import { checkedTiming } from './timing.ts'

/**
 * What a reader gives, with times and rates that can be relied on (`checkedTiming`). Recordings that Kalamos wrote
 * itself come back as they were, to the last bit.
 */
export async function* soundEntries(entries: AsyncIterable<Entry>): AsyncGenerator<Entry> {
  for await (const entry of entries) {
    if (!('recording' in entry)) {
      yield entry
      continue
    }
    const { where, share, recording } = entry
    const sound =
      isOwnId(recording.id) && isRate(recording.signal.rateHz)
        ? null
        : checkedTiming(recording.signal, recording.label !== null)
    if (sound === null) yield entry
    else if ('reason' in sound) yield { where, share, reason: sound.reason }
    else {
      for (const note of sound.notes) yield { where, share, note }
      for (const [at, { signal }] of sound.parts.entries()) {
        const id = at === 0 ? recording.id : `${recording.id} part ${at + 1}`
        yield {
          where: at === 0 ? where : `${english(where)}, part ${at + 1}`,
          share,
          recording: { ...recording, id, signal },
        }
      }
    }
  }
}

import type { Api } from '../../shared/api.ts'
import type { RecorderState } from '../../shared/api/recordings.ts'

/** A session that ended with the host, and what of it is there now that the host is. */
export interface BrokenOff {
  sessionId: number
  writerId: number
  /** Words that are whole, of so many prompts. */
  done: number
  prompts: number
  /** The word that was being written, and until when it was kept; null where nothing of it had reached the disk. */
  last: { label: string | null; until: number } | null
}

/** Looks up what became of a session that this window saw running and the host does not run any more. */
export async function whatBecameOf(session: RecorderState, api: Api): Promise<BrokenOff> {
  const { sessionId, writerId, prompts } = session
  const [kept, unfinished] = await Promise.all([
    api.request('recordings.list', { filter: { sessionId }, offset: 0, limit: 1 }),
    api.request('record.unfinished', {}),
  ])
  const newest = kept.recordings[0]
  const done =
    unfinished.find((promptedSession) => promptedSession.sessionId === sessionId)?.done ?? session.recordedIds.length
  const last =
    newest?.state === 'interrupted' ? { label: newest.label, until: newest.startedAt + newest.durationMs } : null
  return { sessionId, writerId, done, prompts: prompts.length, last }
}

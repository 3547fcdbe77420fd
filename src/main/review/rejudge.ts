import * as v from 'valibot'
import { DeviceProfile } from '../../shared/api/devices.ts'
import type { Reason, Thresholds } from '../../shared/api/quality.ts'
import { KalamosError } from '../../shared/errors.ts'
import { DEFAULT_THRESHOLDS, judge, verdictOf } from '../quality/index.ts'
import type { Rejudge, Store } from '../store/index.ts'

/**
 * Judges what an edit made of a recording by its session's profile and its protocol's thresholds. No model is asked
 * again: what it doubted stays while the label does.
 */
export function rejudgeIn(store: Store): Rejudge {
  return ({ recordingId, sessionId, label, signal }) => {
    const profile = v.safeParse(DeviceProfile, store.sessions.profile(sessionId))
    if (!profile.success) return null
    const verdict = judge({ signal, label, profile: profile.output }, thresholdsOf(store, sessionId))
    return verdictOf([...verdict.reasons, ...doubtsOf(store, recordingId, label)])
  }
}

/**
 * Judges a recording as it is now, also one of another program, of whose pen nothing is known: what its stream tells is
 * judged alone. False where there is nothing to judge: it has no frames, is being recorded, or is gone.
 */
export function judgeStored(store: Store, id: number): boolean {
  const [recording] = store.recordings.byIds([id])
  if (recording === undefined || recording.frames === 0 || recording.state === 'open') return false
  const { sessionId, label } = recording
  const profile = v.safeParse(DeviceProfile, store.sessions.profile(sessionId))
  const verdict = judge(
    { signal: store.recordings.signal(id), label, profile: profile.success ? profile.output : null },
    thresholdsOf(store, sessionId),
  )
  store.promptedSessions.judge(id, verdictOf([...verdict.reasons, ...doubtsOf(store, id, label)]))
  return true
}

function doubtsOf(store: Store, recordingId: number, label: string | null): Reason[] {
  if (store.recordings.get(recordingId).label !== label) return []
  return (store.promptedSessions.verdict(recordingId)?.reasons ?? []).filter(({ code }) => code === 'doubt')
}

function thresholdsOf(store: Store, sessionId: number): Thresholds {
  try {
    const { protocol } = store.promptedSessions.get(sessionId)
    const version = protocol && store.protocols.get(protocol.id, protocol.version)
    return version?.protocol.quality ?? DEFAULT_THRESHOLDS
  } catch (error) {
    // A session that did not run by prompts has the usual thresholds.
    if (error instanceof KalamosError && error.code === 'not-found') return DEFAULT_THRESHOLDS
    throw error
  }
}

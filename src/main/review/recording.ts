import type { Output, ValidInput } from '../../shared/api.ts'
import type { StoredPromptedSession } from '../store/prompted-sessions.ts'
import { KalamosError } from '../../shared/errors.ts'
import type { Store } from '../store/index.ts'
import type { ModelReader } from './model-reader.ts'

const HISTORY_SHOWN = 100
const GAPS_SHOWN = 1000

/** Everything about one recording but its samples and its picture. Throws `not-found`. */
export function reviewOf(
  store: Store,
  reader: ModelReader,
  { id, filter, sort }: ValidInput<'review.get'>,
): Output<'review.get'> {
  const recording = store.recordings.get(id)
  const session = store.sessions.get(recording.sessionId)
  const promptedSession = promptedSessionOf(store, session.id)
  const provenance = store.provenance.session(session.id)
  const samples = store.samples.soundness(id, recording.channels.length)
  const pieces = samples === 'damaged' ? [] : store.samples.pieces(id, recording.channels.length)
  const raws = [...new Set(pieces.map(({ rawId }) => rawId))]
  const profile = store.sessions.profile(session.id) as { name?: unknown } | null
  const number = store.recordings.prompt(id)
  const planned = promptedSession?.plan.prompts[number ?? -1]
  const { total, capped } = store.catalogue.total(filter, sort)
  const { previous, next } = store.catalogue.neighbours(id, filter, sort)
  return {
    recording,
    writer: store.writers.get(recording.writerId),
    session,
    device: {
      name: session.deviceName,
      profile: typeof profile?.name === 'string' ? profile.name : null,
      penName: provenance?.pen.name ?? null,
      serial: provenance?.pen.serial ?? null,
      firmware: provenance?.pen.firmware ?? null,
      surface: provenance?.surface ?? null,
    },
    protocol: provenance?.protocol ?? null,
    prompt:
      promptedSession === null || planned === undefined || number === null
        ? null
        : {
            ...planned,
            number,
            of: promptedSession.plan.prompts.length,
            blockName: promptedSession.plan.blocks[planned.block] ?? '',
          },
    samples,
    gaps: (store.recordings.soundSignal(id)?.gaps ?? []).slice(0, GAPS_SHOWN),
    pieces: pieces.map(({ rawId, ...piece }) => ({ recordingId: rawId, ...piece })),
    rawFrames:
      samples === 'damaged'
        ? recording.frames
        : raws.reduce((sum, rawId) => sum + store.samples.raw(rawId, recording.channels.length).frames, 0),
    verdict: store.promptedSessions.verdict(id),
    notes: store.promptedSessions
      .notes(session.id)
      .flatMap(({ recordingId, text, at }) => (recordingId === id ? [{ text, at }] : [])),
    history: store.history.entries(HISTORY_SHOWN, id),
    readings: store.readings.of(id),
    models: reader.suitable(recording.channels).map((model) => ({ id: model.id, name: model.name })),
    neighbours: { previous, next, total, capped },
  }
}

function promptedSessionOf(store: Store, sessionId: number): StoredPromptedSession | null {
  try {
    return store.promptedSessions.get(sessionId)
  } catch (error) {
    // Imported sessions were not recorded prompt by prompt.
    if (error instanceof KalamosError && error.code === 'not-found') return null
    throw error
  }
}

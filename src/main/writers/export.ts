import { createWriteStream, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { KalamosError } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'
import type { Signal } from '../../shared/signal.ts'
import type { Stretch } from '../store/block.ts'
import { everythingOf, type StoredRecording } from '../store/everything.ts'
import { rememberExport } from '../store/exported.ts'
import { nameOfWriters, WordsOfWriter, type Store } from '../store/index.ts'
import { lineOf } from '../exchange/ndjson/write.ts'
import { makeFolders } from '../files/folders.ts'
import { Staging } from '../files/staging.ts'

/**
 * Writes all that is stored of a writer into a new folder: `writer.json` with the person's details, consents, pauses,
 * words that were learned from corrections, sessions, answers, notes and skipped prompts, and `recordings.ndjson.gz`
 * with every recording, one a line, deleted ones too as long as they are there: its own samples as they were recorded,
 * and which pieces of whose samples are shown. The folder appears whole or not at all. Throws `not-found` (writer),
 * `conflict` (the folder is there already), `disk-full` or `not-writable`.
 */
export async function exportWriter(
  store: Store,
  id: number,
  folder: string,
): Promise<{ path: string; sessions: number; recordings: number }> {
  const path = resolve(folder)
  const writer = store.writers.get(id)
  if (existsSync(path))
    throw new KalamosError('conflict', say('general.already', { path }), say('general.name-folder-not-yet'))
  let staging: Staging | undefined
  try {
    makeFolders(dirname(path))
    staging = new Staging(path)
    mkdirSync(staging.path, { mode: 0o700 })
    const sessions = store.sessions
      .list()
      .filter((session) => session.writerId === id)
      .map((session) => ({
        ...session,
        profile: store.sessions.profile(session.id),
        ...promptedSessionOf(store, session.id),
      }))
    const [consents, pauses] = [store.promptedSessions.consents(id), store.settings.partsOfWriters('pauses', id)]
    const { words } = store.settings.get(nameOfWriters('words', id), WordsOfWriter) ?? { words: [] }
    writeFileSync(
      join(staging.path, 'writer.json'),
      `${JSON.stringify({ ...writer, consents, pauses, words, sessions }, null, 2)}\n`,
    )
    let recordings = 0
    function* lines(): Generator<string> {
      for (const recording of storedOf(store, id)) {
        recordings++
        yield `${lineOf(recording.about, recording.signal)}\n`
      }
    }
    await pipeline(Readable.from(lines()), createGzip(), createWriteStream(join(staging.path, 'recordings.ndjson.gz')))
    await staging.keep()
    rememberExport(store, [id], path)
    return { path, sessions: sessions.length, recordings }
  } catch (error) {
    staging?.discard()
    throw exportProblem(path, error)
  }
}

function promptedSessionOf(store: Store, sessionId: number): object {
  const provenance = store.provenance.session(sessionId)
  if (provenance === null) return {}
  const { protocol, pen, surface, answers } = provenance
  const [notes, skipped] = [store.promptedSessions.notes(sessionId), store.promptedSessions.skipped(sessionId)]
  return { protocol, pen, surface, answers, notes, skipped }
}

/** Every recording of the writer that is in the file, with its own samples; a part that was split off has none. */
function* storedOf(store: Store, writerId: number): Generator<{ about: object; signal: Signal }> {
  for (const row of everythingOf(store.connection, writerId)) {
    const stretch = row.hasSamples ? samplesOf(store, row.id, row.channels.length) : NO_SAMPLES
    const about = { ...aboutOf(store, row), ...(stretch === null ? { damaged: true } : {}) }
    yield { about, signal: { channels: row.channels, rateHz: row.rateHz, ...(stretch ?? NO_SAMPLES) } }
  }
}

/** Null where they are damaged: the copy says so and holds the others. */
function samplesOf(store: Store, id: number, channels: number): Stretch | null {
  return store.samples.soundness(id, channels) === 'damaged' ? null : store.samples.raw(id, channels)
}

const NO_SAMPLES = {
  frames: 0,
  values: new Float32Array(0),
  deviceMicros: new Float64Array(0),
  hostMillis: new Float64Array(0),
  gaps: [],
}

/** `pieces` is null where all of its own samples are shown, from the first to the last. */
function aboutOf(store: Store, row: StoredRecording): object {
  const { tag, verdict, prompt, notes } = store.provenance.word(row.id) ?? {
    tag: null,
    verdict: null,
    prompt: null,
    notes: [],
  }
  return {
    id: String(row.id),
    writer: row.writerName,
    label: row.label,
    device: row.deviceName,
    session: String(row.sessionId),
    state: row.state,
    tag,
    verdict: verdict?.level ?? null,
    reasons: verdict === null ? null : JSON.stringify(verdict.reasons),
    prompt,
    notes: notes.length === 0 ? null : JSON.stringify(notes),
    excluded: row.excluded,
    deleted_at: row.deletedAt,
    deleted_by: row.deletedBy,
    pieces:
      store.samples.cutPieces(row.id)?.map(({ rawId, first, end, lostBefore }) => ({
        recording: String(rawId),
        first,
        end,
        lost_before: lostBefore,
      })) ?? null,
    started_at: row.startedAt,
    rate_hz: row.rateHz,
  }
}

function exportProblem(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (error instanceof KalamosError || typeof code !== 'string') return error
  const cause = { cause: error }
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new KalamosError(
      'disk-full',
      say('general.disk-full-not-written', { place: path }),
      say('general.free-some-space-name'),
      cause,
    )
  return new KalamosError(
    'not-writable',
    say('general.cannot-written-2', { path, code }),
    say('general.name-place-you-write'),
    cause,
  )
}

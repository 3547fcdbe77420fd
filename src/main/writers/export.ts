import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { KalamosError } from '../../shared/errors.ts'
import type { Recording } from '../../shared/api/recordings.ts'
import type { Signal } from '../../shared/signal.ts'
import type { Store } from '../store/index.ts'
import { makeFolders } from '../folders.ts'

/**
 * Writes all that is stored of a writer into a new folder: `writer.json` with the person's details, consents, sessions,
 * answers and notes, and `recordings.ndjson.gz` with every recording, one a line: all that was recorded, and which frames of
 * it are shown. The folder appears whole or not at all.
 * Throws `not-found` (writer), `conflict` (the folder is there already), `disk-full` or `not-writable`.
 */
export async function exportWriter(store: Store, id: number, folder: string): Promise<{ path: string; sessions: number; recordings: number }> {
  const path = resolve(folder)
  const writer = store.writers.get(id)
  if (existsSync(path)) throw new KalamosError('conflict', `${path} is there already.`, 'Name a folder that is not there yet.')
  const partial = `${path}.partial`
  try {
    makeFolders(dirname(path))
    rmSync(partial, { recursive: true, force: true })
    mkdirSync(partial)
    const sessions = store.sessions.list().filter((session) => session.writerId === id).map((session) => ({ ...session, profile: store.sessions.profile(session.id), ...sittingOf(store, session.id) }))
    writeFileSync(join(partial, 'writer.json'), `${JSON.stringify({ ...writer, consents: store.sittings.consents(id), sessions }, null, 2)}\n`)
    let recordings = 0
    function* lines(): Generator<string> {
      for (const recording of store.recordings.each({ writerId: id })) {
        recordings++
        yield `${JSON.stringify(lineOf(store, recording, store.recordings.raw(recording.id)))}\n`
      }
    }
    await pipeline(Readable.from(lines()), createGzip(), createWriteStream(join(partial, 'recordings.ndjson.gz')))
    renameSync(partial, path)
    return { path, sessions: sessions.length, recordings }
  } catch (error) {
    rmSync(partial, { recursive: true, force: true })
    throw exportProblem(path, error)
  }
}

function sittingOf(store: Store, sessionId: number): object {
  try {
    const { protocol, pen, surface, answers } = store.sittings.get(sessionId)
    return { protocol, pen, surface, answers, notes: store.sittings.notes(sessionId) }
  } catch (error) {
    // Imported sessions were not recorded prompt by prompt.
    if (error instanceof KalamosError && error.code === 'not-found') return {}
    throw error
  }
}

function lineOf(store: Store, recording: Recording, { signal, shown }: { signal: Signal; shown: [number, number][] }): object {
  const width = signal.channels.length
  const timed = signal.deviceMicros.some((time) => !Number.isNaN(time))
  return {
    id: String(recording.id),
    writer: recording.writerName,
    label: recording.label,
    device: store.sessions.get(recording.sessionId).deviceName,
    session: recording.sessionId,
    state: recording.state,
    verdict: store.sittings.verdict(recording.id),
    excluded: recording.excluded,
    shown,
    started_at: recording.startedAt,
    rate_hz: signal.rateHz,
    channels: signal.channels.map(({ name }) => name),
    units: signal.channels.map(({ unit }) => unit),
    ...(timed ? { t_ms: Array.from(signal.deviceMicros, (time) => time / 1000) } : {}),
    gaps: signal.gaps.map(({ at, lost }) => [at, lost]),
    samples: Array.from({ length: signal.frames }, (_, frame) => Array.from(signal.values.subarray(frame * width, (frame + 1) * width))),
  }
}

function exportProblem(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (error instanceof KalamosError || typeof code !== 'string') return error
  const cause = { cause: error }
  if (code === 'ENOSPC' || code === 'EDQUOT') return new KalamosError('disk-full', `The disk is full: ${path} was not written.`, 'Free some space, or name a place on another disk.', cause)
  return new KalamosError('not-writable', `${path} cannot be written (${code}).`, 'Name a place that you may write to.', cause)
}

import type { Reason } from '../../shared/api/quality.ts'
import type { RecordingFilter } from '../../shared/api/recordings.ts'
import type { Overview } from '../../shared/api/review.ts'
import { WORD_ALPHABET } from '../../shared/text.ts'
import type { Connection } from './connection.ts'
import { lettersByWriter } from './letters.ts'
import { condition, HAS_REASONS, type Condition } from './recording-query.ts'

type Figures = Pick<Overview, 'recordings' | 'excluded' | 'durationMs' | 'frames' | 'lostFrames' | 'verdicts'>

interface TallyRow {
  session_id: number
  recordings: number
  excluded: number
  duration_ms: number
  frames: number
  lost_frames: number
  check: number
  redo: number
  judged: number
}

interface SessionRow {
  id: number
  writer_id: number
  writer_name: string
  virtual: number
  reenacted: number
  device_name: string
  started_at: number
  protocol_id: string | null
  protocol_version: number | null
}

const BIN_MS = 250
const BINS = 40
const SESSIONS_LISTED = 500

/** Figures of all recordings that match, of each writer, and of each session. */
export function overviewOf(
  database: Connection,
  filter: RecordingFilter,
  isLocked: (writerName: string) => boolean,
): Overview {
  const match = condition(filter)
  const tallies = sessionTallies(database, match)
  const sessions = database.all<SessionRow>(
    `SELECT s.id, s.writer_id, w.name AS writer_name, max(s.virtual, w.virtual) AS virtual, s.reenacted,
            s.device_name, s.started_at, t.protocol_id, t.protocol_version
     FROM sessions s JOIN writers w ON w.id = s.writer_id LEFT JOIN prompted_sessions t ON t.session_id = s.id ORDER BY w.name, s.id DESC`,
  )
  const { letters, unlabelled } = lettersByWriter(database, match)
  const writers = new Map<number, Overview['writers'][number]>()
  const all = nothing()
  const listed: Overview['sessions'] = []
  for (const session of sessions) {
    const tally = tallies.get(session.id)
    if (tally === undefined) continue
    const figures = figuresOf(tally)
    add(all, figures)
    let writer = writers.get(session.writer_id)
    if (writer === undefined) {
      const own = letters.get(session.writer_id) ?? new Map<string, number>()
      const missing = [...WORD_ALPHABET].filter((letter) => !own.has(letter))
      writer = {
        ...nothing(),
        writerId: session.writer_id,
        writerName: session.writer_name,
        virtual: session.virtual === 1,
        ...(session.reenacted === 1 ? { reenacted: true } : {}),
        sessions: 0,
        missing,
        letters: WORD_ALPHABET.length - missing.length,
        locked: isLocked(session.writer_name),
      }
      writers.set(session.writer_id, writer)
    }
    add(writer, figures)
    writer.sessions++
    listed.push({
      ...figures,
      sessionId: session.id,
      writerId: session.writer_id,
      writerName: session.writer_name,
      virtual: session.virtual === 1,
      ...(session.reenacted === 1 ? { reenacted: true } : {}),
      deviceName: session.device_name,
      protocol: session.protocol_id === null ? null : { id: session.protocol_id, version: session.protocol_version! },
      startedAt: session.started_at,
    })
  }
  listed.sort((a, b) => b.sessionId - a.sessionId)
  const sums = new Map<string, number>([...WORD_ALPHABET].map((letter) => [letter, 0]))
  for (const own of letters.values())
    for (const [letter, count] of own) sums.set(letter, (sums.get(letter) ?? 0) + count)
  return {
    ...all,
    writers: [...writers.values()],
    sessions: listed.slice(0, SESSIONS_LISTED),
    sessionCount: listed.length,
    letters: [...sums].map(([letter, count]) => ({ letter, count })),
    missing: [...WORD_ALPHABET].filter((letter) => sums.get(letter) === 0),
    unlabelled,
    durations: durationsOf(database, match),
    reasons: reasonsOf(database, match),
    exclusions: exclusionsOf(database, match),
  }
}

function sessionTallies(database: Connection, { where, values }: Condition): Map<number, TallyRow> {
  const rows = database.all<TallyRow>(
    `SELECT r.session_id, count(*) AS recordings, count(r.excluded) AS excluded,
       sum(r.duration_ms) AS duration_ms, sum(r.frames) AS frames, sum(r.lost_frames) AS lost_frames,
       count(*) FILTER (WHERE r.verdict = 'check') AS "check", count(*) FILTER (WHERE r.verdict = 'redo') AS redo,
       count(r.verdict) AS judged
     FROM recordings r WHERE ${where} GROUP BY r.session_id`,
    ...values,
  )
  return new Map(rows.map((row) => [row.session_id, row]))
}

function durationsOf(database: Connection, { where, values }: Condition): Overview['durations'] {
  const counts = Array<number>(BINS).fill(0)
  let over = 0
  // Counted here, as SQLite would sort all of them first.
  const bins = `SELECT CAST(r.duration_ms / ${BIN_MS} AS INTEGER) FROM recordings r WHERE ${where}`
  for (const bin of database.column<number>(bins, ...values)) {
    if (bin < BINS) counts[bin]!++
    else over++
  }
  return { binMs: BIN_MS, counts, over }
}

function reasonsOf(database: Connection, { where, values }: Condition): Overview['reasons'] {
  const counts = new Map<Reason['code'], number>()
  for (const text of database.column<string>(
    `SELECT r.reasons FROM recordings r WHERE ${HAS_REASONS} AND ${where}`,
    ...values,
  )) {
    const codes = new Set((JSON.parse(text) as Reason[]).map(({ code }) => code))
    for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  const reasons = [...counts].map(([code, recordings]) => ({ code, recordings }))
  return reasons.sort((a, b) => b.recordings - a.recordings || (a.code < b.code ? -1 : 1))
}

/** Why recordings are left out, and how many for each reason; the most frequent first. */
export function exclusionsOf(database: Connection, { where, values }: Condition): Overview['exclusions'] {
  return database.all(
    `SELECT r.excluded AS reason, count(*) AS recordings FROM recordings r
     WHERE r.excluded IS NOT NULL AND ${where} GROUP BY r.excluded ORDER BY 2 DESC, 1`,
    ...values,
  )
}

function nothing(): Figures {
  return {
    recordings: 0,
    excluded: 0,
    durationMs: 0,
    frames: 0,
    lostFrames: 0,
    verdicts: { good: 0, check: 0, redo: 0, none: 0 },
  }
}

function figuresOf(row: TallyRow): Figures {
  const { recordings, excluded, frames, judged, check, redo } = row
  return {
    recordings,
    excluded,
    durationMs: row.duration_ms,
    frames,
    lostFrames: row.lost_frames,
    verdicts: { good: judged - check - redo, check, redo, none: recordings - judged },
  }
}

function add(sum: Figures, figures: Figures): void {
  sum.recordings += figures.recordings
  sum.excluded += figures.excluded
  sum.durationMs += figures.durationMs
  sum.frames += figures.frames
  sum.lostFrames += figures.lostFrames
  for (const level of ['good', 'check', 'redo', 'none'] as const) sum.verdicts[level] += figures.verdicts[level]
}

import type { RecordingFilter } from '../../shared/api/recordings.ts'
import type { Overview } from '../../shared/api/review.ts'
import { WORD_ALPHABET } from '../../shared/text.ts'
import type { Connection } from './connection.ts'
import { isTallied, tallyCondition } from './recording-count.ts'
import { condition, OF_SESSIONS, type Condition } from './recording-query.ts'
import { freshLetters, lettersByWriter } from './letters.ts'

type Figures = Pick<Overview, 'recordings' | 'excluded' | 'durationMs' | 'frames' | 'lostFrames' | 'verdicts'>

interface TallyRow {
  session_id: number
  recordings: number
  excluded: number
  duration_ms: number
  frames: number
  lost_frames: number
  green: number
  look: number
  redo: number
  none: number
  labelled: number
}

interface SessionRow {
  id: number
  writer_id: number
  writer_name: string
  virtual: number
  device_name: string
  started_at: number
  protocol_id: string | null
  protocol_version: number | null
}

const BIN_MS = 250
const BINS = 40
const SESSIONS_LISTED = 500

/** Figures of all recordings that match, of each writer, and of each session. */
export function overviewOf(database: Connection, filter: RecordingFilter, isLocked: (writerName: string) => boolean): Overview {
  const tallies = sessionTallies(database, filter)
  const sessions = database.all<SessionRow>(
    `SELECT s.id, s.writer_id, w.name AS writer_name, max(s.virtual, w.virtual) AS virtual, s.device_name, s.started_at, t.protocol_id, t.protocol_version
     FROM sessions s JOIN writers w ON w.id = s.writer_id LEFT JOIN sittings t ON t.session_id = s.id ORDER BY w.name, s.id DESC`,
  )
  const match = condition(filter)
  const letters = isOfWriters(filter) ? keptLetters(database, filter.writerId) : lettersByWriter(database, match)
  const writers = new Map<number, Overview['writers'][number]>()
  const all = nothing()
  const listed: Overview['sessions'] = []
  let unlabelled = 0
  for (const session of sessions) {
    const tally = tallies.get(session.id)
    if (tally === undefined) continue
    const figures = figuresOf(tally)
    unlabelled += tally.recordings - tally.labelled
    add(all, figures)
    let writer = writers.get(session.writer_id)
    if (writer === undefined) {
      const own = letters.get(session.writer_id) ?? new Map<string, number>()
      const missing = [...WORD_ALPHABET].filter((letter) => !own.has(letter))
      writer = { ...nothing(), writerId: session.writer_id, writerName: session.writer_name, virtual: session.virtual === 1, sessions: 0, missing, letters: WORD_ALPHABET.length - missing.length, locked: isLocked(session.writer_name) }
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
      deviceName: session.device_name,
      protocol: session.protocol_id === null ? null : { id: session.protocol_id, version: session.protocol_version! },
      startedAt: session.started_at,
    })
  }
  listed.sort((a, b) => b.sessionId - a.sessionId)
  const sums = new Map<string, number>([...WORD_ALPHABET].map((letter) => [letter, 0]))
  for (const own of letters.values()) for (const [letter, count] of own) sums.set(letter, (sums.get(letter) ?? 0) + count)
  return {
    ...all,
    writers: [...writers.values()],
    sessions: listed.slice(0, SESSIONS_LISTED),
    sessionCount: listed.length,
    letters: [...sums].map(([letter, count]) => ({ letter, count })),
    missing: [...WORD_ALPHABET].filter((letter) => sums.get(letter) === 0),
    unlabelled,
    durations: durationsOf(database, filter, match),
    reasons: reasonsOf(database, filter, match),
    exclusions: database.all(`SELECT r.excluded AS reason, count(*) AS recordings FROM recordings r WHERE r.excluded IS NOT NULL AND ${match.where} GROUP BY r.excluded ORDER BY 2 DESC, 1`, ...match.values),
  }
}

const SUMS = (verdict: string, one: string, column: (name: string) => string, excluded: string, labelled: string): string =>
  `sum(${one}) AS recordings, sum(${one} * ${excluded}) AS excluded, sum(${column('duration_ms')}) AS duration_ms, sum(${column('frames')}) AS frames, sum(${column('lost_frames')}) AS lost_frames,
   sum(${one} * (${verdict} = 'green')) AS green, sum(${one} * (${verdict} = 'look')) AS look, sum(${one} * (${verdict} = 'redo')) AS redo, sum(${one} * (${verdict} = '')) AS none, sum(${one} * ${labelled}) AS labelled`

function sessionTallies(database: Connection, filter: RecordingFilter): Map<number, TallyRow> {
  const { where, values } = isTallied(filter) ? tallyCondition(filter) : condition(filter)
  const sql = isTallied(filter)
    ? `SELECT t.session_id, ${SUMS('t.verdict', 't.recordings', (name) => `t.${name}`, 't.excluded', 't.labelled')} FROM tallies t WHERE ${where} GROUP BY t.session_id`
    : `SELECT r.session_id, ${SUMS("coalesce(r.verdict, '')", '1', (name) => `r.${name}`, '(r.excluded IS NOT NULL)', '(r.label IS NOT NULL)')} FROM recordings r WHERE ${where} GROUP BY r.session_id`
  return new Map(database.all<TallyRow>(sql, ...values).map((row) => [row.session_id, row]))
}

/**
 * Letters of all labels by writer. They are counted anew only for writers whose recordings changed since, and kept;
 * who may only read the database counts them for itself.
 */
function keptLetters(database: Connection, writerId: number | undefined): Map<number, Map<string, number>> {
  const stale = database.all<{ id: number; revision: number }>('SELECT id, revision FROM writers WHERE letters_revision <> revision AND (id = ? OR ? IS NULL)', writerId ?? null, writerId ?? null)
  const fresh = freshLetters(database, stale.map(({ id }) => id))
  if (!database.readOnly && stale.length > 0) database.transaction(() => stale.forEach(({ id, revision }) => keepLetters(database, id, revision, fresh.get(id)!)))
  const kept = database.all<{ writer_id: number; letter: string; count: number }>('SELECT writer_id, letter, count FROM letters WHERE writer_id = ? OR ? IS NULL', writerId ?? null, writerId ?? null)
  const byWriter = new Map<number, Map<string, number>>()
  for (const { writer_id, letter, count } of kept) {
    const own = byWriter.get(writer_id) ?? new Map<string, number>()
    byWriter.set(writer_id, own.set(letter, count))
  }
  return new Map([...byWriter, ...fresh])
}

function keepLetters(database: Connection, writerId: number, revision: number, letters: ReadonlyMap<string, number>): void {
  database.run('DELETE FROM letters WHERE writer_id = ?', writerId)
  for (const [letter, count] of letters) database.run('INSERT INTO letters (writer_id, letter, count) VALUES (?, ?, ?)', writerId, letter, count)
  database.run('UPDATE writers SET letters_revision = ? WHERE id = ?', revision, writerId)
}

function durationsOf(database: Connection, filter: RecordingFilter, match: Condition): Overview['durations'] {
  const { where, values } = isOfSessions(filter) ? tallyCondition(filter) : match
  const bins = isOfSessions(filter)
    ? database.all<{ bin: number; n: number }>(`SELECT t.bin, sum(t.recordings) AS n FROM durations t WHERE ${where} GROUP BY t.bin`, ...values)
    : database.all<{ bin: number; n: number }>(`SELECT min(${BINS}, CAST(r.duration_ms / ${BIN_MS} AS INTEGER)) AS bin, count(*) AS n FROM recordings r WHERE ${where} GROUP BY 1`, ...values)
  const counts = Array.from({ length: BINS }, (_, bin) => bins.find((row) => row.bin === bin)?.n ?? 0)
  return { binMs: BIN_MS, counts, over: bins.find((row) => row.bin === BINS)?.n ?? 0 }
}

function reasonsOf(database: Connection, filter: RecordingFilter, { where, values }: Condition): Overview['reasons'] {
  if (asked(filter).length === 0) return database.all('SELECT code, count(*) AS recordings FROM faults GROUP BY code ORDER BY 2 DESC, 1')
  return database.all(`SELECT f.code, count(*) AS recordings FROM recordings r JOIN faults f ON f.recording_id = r.id WHERE ${where} GROUP BY f.code ORDER BY 2 DESC, 1`, ...values)
}

/** Whether the filter asks for nothing that differs within a session. */
function isOfSessions(filter: RecordingFilter): boolean {
  return asked(filter).every((key) => key === 'writerId' || key === 'sessionId' || (OF_SESSIONS as readonly string[]).includes(key))
}

function isOfWriters(filter: RecordingFilter): boolean {
  return asked(filter).every((key) => key === 'writerId')
}

function asked(filter: RecordingFilter): string[] {
  return Object.entries(filter).flatMap(([key, wanted]) => (wanted === undefined || wanted === '' ? [] : [key]))
}

function nothing(): Figures {
  return { recordings: 0, excluded: 0, durationMs: 0, frames: 0, lostFrames: 0, verdicts: { green: 0, look: 0, redo: 0, none: 0 } }
}

function figuresOf(row: TallyRow): Figures {
  const { recordings, excluded, frames, green, look, redo, none } = row
  return { recordings, excluded, durationMs: row.duration_ms, frames, lostFrames: row.lost_frames, verdicts: { green, look, redo, none } }
}

function add(sum: Figures, figures: Figures): void {
  sum.recordings += figures.recordings
  sum.excluded += figures.excluded
  sum.durationMs += figures.durationMs
  sum.frames += figures.frames
  sum.lostFrames += figures.lostFrames
  for (const level of ['green', 'look', 'redo', 'none'] as const) sum.verdicts[level] += figures.verdicts[level]
}

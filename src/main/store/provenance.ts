import type { Verdict } from '../../shared/api/quality.ts'
import type { Connection } from './connection.ts'
import { PromptedSessions, type Consent } from './prompted-sessions.ts'

export interface Note {
  text: string
  /** ms since 1970. */
  at: number
}

/** What is known of how a session was recorded, beside its samples. */
export interface SessionProvenance {
  protocol: { id: string; version: number; name: string } | null
  pen: { name: string | null; serial: string | null; firmware: string | null }
  surface: string | null
  answers: Record<string, string> | null
  /** Those that are about no recording. */
  notes: Note[]
  /** What the writer agreed to, in this session or before. */
  consents: Consent[]
}

/** What was said of one recording: how its block marked it, how it was judged, what was shown, what somebody noted. */
export interface RecordingProvenance {
  tag: string | null
  verdict: Verdict | null
  prompt: string | null
  notes: Note[]
}

/** The part of an account that has no table of its own. */
type SessionFields = Omit<SessionProvenance, 'notes' | 'consents'>

/** As it is kept of an imported session: from which file it came, and what that told, where it told anything. */
type StoredProvenance = { file: string } | (SessionFields & { file?: string })

/**
 * What is known of sessions and words beside their samples, whether they were recorded here or came from a file that
 * tells it.
 */
export class ProvenanceStore {
  readonly #database: Connection
  readonly #promptedSessions: PromptedSessions

  constructor(database: Connection) {
    this.#database = database
    this.#promptedSessions = new PromptedSessions(database)
  }

  /** Null where nothing is known. */
  session(id: number): SessionProvenance | null {
    const told = this.#recorded(id) ?? this.#told(id)
    const notes = this.#database.all<Note>(
      'SELECT text, at FROM notes WHERE session_id = ? AND recording_id IS NULL ORDER BY id',
      id,
    )
    const consents = this.#database.all<Consent>(
      'SELECT version, text, given_at AS givenAt FROM consents WHERE writer_id = (SELECT writer_id FROM ' +
        'sessions WHERE id = ?) ORDER BY given_at, id',
      id,
    )
    if (told === null && notes.length === 0 && consents.length === 0) return null
    return {
      ...(told ?? { protocol: null, pen: { name: null, serial: null, firmware: null }, surface: null, answers: null }),
      notes,
      consents,
    }
  }

  /** Null where nothing is known. Of a part of a split recording, what was shown for the whole. */
  word(recordingId: number): RecordingProvenance | null {
    const row = this.#database.get<{ tag: string | null; prompt: string | null }>(
      `SELECT r.tag, coalesce(
         (SELECT text FROM imported_prompts WHERE recording_id = r.id),
         (SELECT plan ->> ('$.prompts[' || r.prompt || '].text') FROM prompted_sessions WHERE session_id = r.session_id),
         (SELECT coalesce(t.text, s.plan ->> ('$.prompts[' || whole.prompt || '].text'))
            FROM pieces p JOIN recordings whole ON whole.id = p.raw_id LEFT JOIN imported_prompts t ON t.recording_id = whole.id LEFT JOIN prompted_sessions s ON s.session_id = whole.session_id
            WHERE p.recording_id = r.id ORDER BY p.position LIMIT 1)) AS prompt
       FROM recordings r WHERE r.id = ?`,
      recordingId,
    )
    const verdict = this.#promptedSessions.verdict(recordingId)
    const notes = this.#database.all<Note>('SELECT text, at FROM notes WHERE recording_id = ? ORDER BY id', recordingId)
    const { tag, prompt } = row ?? { tag: null, prompt: null }
    return tag === null && prompt === null && verdict === null && notes.length === 0
      ? null
      : { tag, verdict, prompt, notes }
  }

  /**
   * Keeps from which file a session came, by its name alone, and what that tells of it. What its writer agreed to comes
   * to the writer, each agreement once.
   */
  keepSession(id: number, file: string, provenance?: SessionProvenance): void {
    const { notes = [], consents = [], ...told }: Partial<SessionProvenance> = provenance ?? {}
    this.#database.run(
      'INSERT OR REPLACE INTO session_provenance (session_id, provenance) VALUES (?, ?)',
      id,
      JSON.stringify({ ...told, file }),
    )
    for (const { text, at } of notes) this.#note(id, null, text, at)
    for (const { version, text, givenAt } of consents) {
      this.#database.run(
        `INSERT INTO consents (writer_id, session_id, version, text, given_at) SELECT s.writer_id, s.id, ?, ?, ? FROM sessions s
         WHERE s.id = ? AND NOT EXISTS (SELECT 1 FROM consents c WHERE c.writer_id = s.writer_id AND c.version = ? AND c.text = ? AND c.given_at = ?)`,
        version,
        text,
        givenAt,
        id,
        version,
        text,
        givenAt,
      )
    }
  }

  /** Keeps what a file tells of a recording that came from it. */
  keepWord(recordingId: number, sessionId: number, { tag, verdict, prompt, notes }: RecordingProvenance): void {
    if (tag !== null) this.#database.run('UPDATE recordings SET tag = ? WHERE id = ?', tag, recordingId)
    if (verdict !== null) this.#promptedSessions.judge(recordingId, verdict)
    if (prompt !== null)
      this.#database.run('INSERT INTO imported_prompts (recording_id, text) VALUES (?, ?)', recordingId, prompt)
    for (const { text, at } of notes) this.#note(sessionId, recordingId, text, at)
  }

  #note(sessionId: number, recordingId: number | null, text: string, at: number): void {
    this.#database.run(
      'INSERT INTO notes (session_id, recording_id, text, at) VALUES (?, ?, ?, ?)',
      sessionId,
      recordingId,
      text,
      at,
    )
  }

  #recorded(id: number): SessionFields | null {
    const row = this.#database.get<{
      protocol_id: string | null
      protocol_version: number | null
      protocol_name: string | null
      pen_name: string | null
      pen_serial: string | null
      pen_firmware: string | null
      surface: string | null
      answers: string | null
    }>(
      `SELECT t.protocol_id, t.protocol_version, p.protocol ->> 'name' AS protocol_name, t.pen_name, t.pen_serial, t.pen_firmware, t.surface, t.answers
       FROM prompted_sessions t LEFT JOIN protocols p ON p.id = t.protocol_id AND p.version = t.protocol_version WHERE t.session_id = ?`,
      id,
    )
    if (row === undefined) return null
    return {
      protocol:
        row.protocol_id === null
          ? null
          : { id: row.protocol_id, version: row.protocol_version!, name: row.protocol_name ?? row.protocol_id },
      pen: { name: row.pen_name, serial: row.pen_serial, firmware: row.pen_firmware },
      surface: row.surface,
      answers: row.answers === null ? null : (JSON.parse(row.answers) as Record<string, string>),
    }
  }

  #told(id: number): SessionFields | null {
    const row = this.#database.get<{ provenance: string }>(
      'SELECT provenance FROM session_provenance WHERE session_id = ?',
      id,
    )
    if (row === undefined) return null
    const { file: _, ...told } = JSON.parse(row.provenance) as StoredProvenance
    return 'pen' in told ? told : null
  }
}

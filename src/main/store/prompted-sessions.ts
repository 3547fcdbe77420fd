import type { OpenPromptedSession, Plan } from '../../shared/api/protocols.ts'
import type { DeviceProfile, Segmentation } from '../../shared/api/devices.ts'
import type { Verdict } from '../../shared/api/quality.ts'
import { KalamosError } from '../../shared/errors.ts'
import type { Connection } from './connection.ts'

export interface StoredPromptedSession {
  sessionId: number
  protocol: { id: string; version: number } | null
  plan: Plan
  segmentation: Segmentation
  pen: { name: string | null; serial: string | null; firmware: string | null }
  surface: string | null
  answers: Record<string, string> | null
}

interface Row {
  session_id: number
  protocol_id: string | null
  protocol_version: number | null
  plan: string
  segmentation: string
  pen_name: string | null
  pen_serial: string | null
  pen_firmware: string | null
  surface: string | null
  answers: string | null
}

export interface Consent {
  version: string
  text: string
  givenAt: number
}

/** What came of a prompt: a recording, or null where it was skipped. */
export type Outcome = { recordingId: number; verdict: Verdict | null } | null

/**
 * How recorded sessions run: their plan and how far it is, what the writer agreed to and answered, notes and verdicts.
 */
export class PromptedSessions {
  readonly #database: Connection

  constructor(database: Connection) {
    this.#database = database
  }

  begin(promptedSession: Omit<StoredPromptedSession, 'answers'>): void {
    const { sessionId, protocol, plan, segmentation, pen, surface } = promptedSession
    this.#database.run(
      `INSERT INTO prompted_sessions (session_id, protocol_id, protocol_version, plan, segmentation, pen_name, pen_serial, pen_firmware, surface)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      sessionId,
      protocol?.id ?? null,
      protocol?.version ?? null,
      JSON.stringify(plan),
      JSON.stringify(segmentation),
      pen.name,
      pen.serial,
      pen.firmware,
      surface,
    )
  }

  /** Throws `not-found` for a session that was not recorded prompt by prompt. */
  get(sessionId: number): StoredPromptedSession {
    const row = this.#database.get<Row>('SELECT * FROM prompted_sessions WHERE session_id = ?', sessionId)
    if (row === undefined) throw new KalamosError('not-found', `Session ${sessionId} was not recorded by prompts.`)
    return {
      sessionId,
      protocol: row.protocol_id === null ? null : { id: row.protocol_id, version: row.protocol_version! },
      plan: JSON.parse(row.plan) as Plan,
      segmentation: JSON.parse(row.segmentation) as Segmentation,
      pen: { name: row.pen_name, serial: row.pen_serial, firmware: row.pen_firmware },
      surface: row.surface,
      answers: row.answers === null ? null : (JSON.parse(row.answers) as Record<string, string>),
    }
  }

  /** The session by prompts that was begun here last; null before the first. */
  newest(): StoredPromptedSession | null {
    const row = this.#database.get<{ id: number }>(
      'SELECT max(session_id) AS id FROM prompted_sessions JOIN sessions ON sessions.id = session_id WHERE ' +
        "sessions.origin IN ('recorded', 'simulated') HAVING id IS NOT NULL",
    )
    return row === undefined ? null : this.get(row.id)
  }

  /** Says which prompt of its session's plan a recording belongs to. */
  belongs(recordingId: number, prompt: number, tag: string | null): void {
    this.#database.run('UPDATE recordings SET prompt = ?, tag = ? WHERE id = ?', prompt, tag, recordingId)
  }

  skip(sessionId: number, prompt: number): void {
    this.#database.run(
      'INSERT OR REPLACE INTO skipped_prompts (session_id, prompt, at) VALUES (?, ?, ?)',
      sessionId,
      prompt,
      Date.now(),
    )
  }

  unskip(sessionId: number, prompt: number): void {
    this.#database.run('DELETE FROM skipped_prompts WHERE session_id = ? AND prompt = ?', sessionId, prompt)
  }

  /** The prompts that were skipped, and when (ms since 1970). */
  skipped(sessionId: number): { prompt: number; at: number }[] {
    return this.#database.all('SELECT prompt, at FROM skipped_prompts WHERE session_id = ? ORDER BY prompt', sessionId)
  }

  /** What came of the prompts so far, up to the first one that is still to be written. */
  outcomes(sessionId: number): Outcome[] {
    const recorded = this.#database.all<{
      id: number
      prompt: number
      verdict: Verdict['level'] | null
      reasons: string | null
    }>(
      // What was merged into another was written, too.
      `SELECT id, prompt, verdict, reasons FROM recordings WHERE session_id = ? AND prompt IS NOT NULL AND state = 'finished'
       AND (deleted_by IS NULL OR deleted_by IN (SELECT id FROM edits WHERE kind = 'merge')) ORDER BY id`,
      sessionId,
    )
    const known = new Map<number, Outcome>(this.skipped(sessionId).map(({ prompt }) => [prompt, null]))
    for (const { id, prompt, verdict, reasons } of recorded)
      known.set(prompt, { recordingId: id, verdict: asVerdict(verdict, reasons) })
    const outcomes: Outcome[] = []
    for (let outcome = known.get(0); outcome !== undefined; outcome = known.get(outcomes.length)) outcomes.push(outcome)
    return outcomes
  }

  /** The session goes on with another calibration; only before its first recording. */
  calibrated(sessionId: number, profile: DeviceProfile): void {
    this.#database.run('UPDATE sessions SET profile = ? WHERE id = ?', JSON.stringify(profile), sessionId)
  }

  finish(sessionId: number): void {
    this.#database.run('UPDATE prompted_sessions SET finished_at = ? WHERE session_id = ?', Date.now(), sessionId)
  }

  /** Lets a session that was interrupted be the running one again. */
  reopen(sessionId: number): void {
    this.#database.run('UPDATE sessions SET ended_at = NULL WHERE id = ?', sessionId)
    this.#database.run('UPDATE prompted_sessions SET finished_at = NULL WHERE session_id = ?', sessionId)
  }

  /** Sessions that ended before their last prompt, newest first. */
  unfinished(): OpenPromptedSession[] {
    const rows = this.#database.all<{
      session_id: number
      writer_id: number
      writer_name: string
      device_name: string
      protocol_id: string | null
      protocol_version: number | null
      name: string | null
      started_at: number
      prompts: number
    }>(
      `SELECT s.id AS session_id, s.writer_id, w.name AS writer_name, s.device_name, t.protocol_id, t.protocol_version,
         p.protocol ->> 'name' AS name, s.started_at, json_array_length(t.plan, '$.prompts') AS prompts
       FROM prompted_sessions t JOIN sessions s ON s.id = t.session_id JOIN writers w ON w.id = s.writer_id
       LEFT JOIN protocols p ON p.id = t.protocol_id AND p.version = t.protocol_version
       WHERE t.finished_at IS NULL AND s.ended_at IS NOT NULL ORDER BY s.id DESC LIMIT 100`,
    )
    return rows.map((row) => ({
      sessionId: row.session_id,
      writerId: row.writer_id,
      writerName: row.writer_name,
      deviceName: row.device_name,
      protocol:
        row.protocol_id === null
          ? null
          : { id: row.protocol_id, version: row.protocol_version!, name: row.name ?? row.protocol_id },
      startedAt: row.started_at,
      done: this.outcomes(row.session_id).length,
      prompts: row.prompts,
    }))
  }

  consent(writerId: number, sessionId: number, version: string, text: string): void {
    this.#database.run(
      'INSERT INTO consents (writer_id, session_id, version, text, given_at) VALUES (?, ?, ?, ?, ?)',
      writerId,
      sessionId,
      version,
      text,
      Date.now(),
    )
  }

  consents(writerId: number): Consent[] {
    return this.#database.all<Consent>(
      'SELECT version, text, given_at AS givenAt FROM consents WHERE writer_id = ? ORDER BY id',
      writerId,
    )
  }

  /** Whether the writer agreed to exactly this text, in any session. */
  agreed(writerId: number, version: string, text: string): boolean {
    return (
      this.#database.get(
        'SELECT 1 FROM consents WHERE writer_id = ? AND version = ? AND text = ?',
        writerId,
        version,
        text,
      ) !== undefined
    )
  }

  answer(sessionId: number, answers: Record<string, string>): void {
    this.#database.run(
      'UPDATE prompted_sessions SET answers = ? WHERE session_id = ?',
      JSON.stringify(answers),
      sessionId,
    )
  }

  note(sessionId: number, recordingId: number | null, text: string): void {
    this.#database.run(
      'INSERT INTO notes (session_id, recording_id, text, at) VALUES (?, ?, ?, ?)',
      sessionId,
      recordingId,
      text,
      Date.now(),
    )
  }

  notes(sessionId: number): { recordingId: number | null; text: string; at: number }[] {
    return this.#database.all(
      'SELECT recording_id AS recordingId, text, at FROM notes WHERE session_id = ? ORDER BY id',
      sessionId,
    )
  }

  judge(recordingId: number, verdict: Verdict): void {
    this.#database.run(
      'UPDATE recordings SET verdict = ?, reasons = ? WHERE id = ?',
      verdict.level,
      JSON.stringify(verdict.reasons),
      recordingId,
    )
  }

  /** Null where it was never judged. */
  verdict(recordingId: number): Verdict | null {
    const row = this.#database.get<{ verdict: Verdict['level'] | null; reasons: string | null }>(
      'SELECT verdict, reasons FROM recordings WHERE id = ?',
      recordingId,
    )
    return row === undefined ? null : asVerdict(row.verdict, row.reasons)
  }
}

function asVerdict(level: Verdict['level'] | null, reasons: string | null): Verdict | null {
  return level === null ? null : { level, reasons: JSON.parse(reasons ?? '[]') as Verdict['reasons'] }
}

/** Counts all recordings for the figures that triggers keep from then on. */
export const REVIEW_FIGURES = /* sql */ `
INSERT INTO tallies SELECT session_id, state, coalesce(verdict, ''), coalesce(tag, ''), excluded IS NOT NULL, label IS NOT NULL, count(*), sum(duration_ms), sum(frames), sum(lost_frames)
  FROM recordings WHERE deleted_by IS NULL GROUP BY 1, 2, 3, 4, 5, 6;
INSERT INTO durations SELECT session_id, ${bin('recordings')}, count(*) FROM recordings WHERE deleted_by IS NULL GROUP BY 1, 2;
INSERT INTO label_counts SELECT label, count(*) FROM recordings WHERE deleted_by IS NULL AND label IS NOT NULL GROUP BY label;
INSERT OR IGNORE INTO faults SELECT j.value ->> 'code', r.id FROM recordings r, json_each(r.reasons) j WHERE r.deleted_by IS NULL AND r.reasons IS NOT NULL;
`

/**
 * Edits as views on samples that stay as they are, what models read, and figures of the whole that are kept up to date
 * by triggers, so that overviews and counts cost little with a million rows.
 *
 * `changes` holds what an edit changed of a recording: the changed fields before and after, as JSON. `pieces` are the
 * stretches of recorded samples that an edited recording shows; one without any shows all of its own.
 * Indexes hold `deleted_by`, which is null in all of them: only so are they read without the rows they point to.
 * `tallies`, `durations`, `label_counts` and `faults` count recordings that are not hidden.
 */
export const review = /* sql */ `
CREATE TABLE edits_with_more_kinds (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('trim', 'split', 'merge', 'relabel', 'exclude', 'include', 'tag', 'delete')),
  description TEXT NOT NULL,
  at REAL NOT NULL,
  undone_at REAL,
  abandoned INTEGER NOT NULL DEFAULT 0 CHECK (abandoned IN (0, 1))
) STRICT;
INSERT INTO edits_with_more_kinds SELECT id, kind, description, at, undone_at, undone_at IS NOT NULL FROM edits;
DROP TABLE edits;
ALTER TABLE edits_with_more_kinds RENAME TO edits;
CREATE INDEX edits_undone ON edits (id) WHERE undone_at IS NOT NULL AND abandoned = 0;

CREATE TABLE changes (
  edit_id INTEGER NOT NULL REFERENCES edits (id) ON DELETE CASCADE,
  recording_id INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  PRIMARY KEY (edit_id, recording_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX changes_by_recording ON changes (recording_id, edit_id);
INSERT INTO changes SELECT l.edit_id, l.recording_id, json_object('label', l.before), json_object('label', l.after)
  FROM labels l JOIN edits e ON e.id = l.edit_id WHERE e.kind = 'relabel' GROUP BY l.edit_id, l.recording_id;
INSERT INTO changes SELECT deleted_by, id, json_object('hidden', 0), json_object('hidden', 1) FROM recordings WHERE deleted_by IS NOT NULL;
DROP TABLE labels;

CREATE TABLE pieces (
  recording_id INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  raw_id INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  first_frame INTEGER NOT NULL,
  end_frame INTEGER NOT NULL,
  lost_before INTEGER NOT NULL,
  PRIMARY KEY (recording_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX pieces_by_raw ON pieces (raw_id);

CREATE TABLE readings (
  model_id INTEGER NOT NULL REFERENCES models (id) ON DELETE CASCADE,
  recording_id INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  confidence REAL NOT NULL,
  is_right INTEGER CHECK (is_right IN (0, 1)),
  at REAL NOT NULL,
  PRIMARY KEY (model_id, recording_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX readings_by_recording ON readings (recording_id);
CREATE INDEX readings_by_confidence ON readings (model_id, confidence, recording_id);
CREATE INDEX readings_by_outcome ON readings (model_id, is_right, recording_id);

ALTER TABLE recordings ADD COLUMN excluded TEXT;
ALTER TABLE recordings ADD COLUMN cut INTEGER NOT NULL DEFAULT 0 CHECK (cut IN (0, 1));

DROP INDEX recordings_by_writer;
DROP INDEX recordings_by_label;
DROP INDEX recordings_by_verdict;
DROP INDEX recordings_by_tag;
CREATE INDEX recordings_shown ON recordings (id, deleted_by) WHERE deleted_by IS NULL;
CREATE INDEX recordings_by_writer ON recordings (writer_id, id, deleted_by) WHERE deleted_by IS NULL;
CREATE INDEX recordings_by_label ON recordings (label COLLATE NOCASE, id, deleted_by) WHERE deleted_by IS NULL;
CREATE INDEX recordings_by_start ON recordings (started_at, id, deleted_by) WHERE deleted_by IS NULL;
CREATE INDEX recordings_by_duration ON recordings (duration_ms, id, deleted_by) WHERE deleted_by IS NULL;
CREATE INDEX recordings_by_frames ON recordings (frames, id, deleted_by) WHERE deleted_by IS NULL;
CREATE INDEX recordings_by_lost ON recordings (lost_frames, id, deleted_by) WHERE deleted_by IS NULL;
CREATE INDEX recordings_by_verdict ON recordings (verdict, id, deleted_by) WHERE deleted_by IS NULL;
CREATE INDEX recordings_by_tag ON recordings (tag, id, deleted_by) WHERE deleted_by IS NULL;
CREATE INDEX recordings_by_exclusion ON recordings (excluded, id, deleted_by) WHERE deleted_by IS NULL;
CREATE INDEX recordings_hidden_by_source ON recordings (source_key) WHERE source_key IS NOT NULL AND deleted_by IS NOT NULL;

CREATE TABLE tallies (
  session_id INTEGER NOT NULL,
  state TEXT NOT NULL,
  verdict TEXT NOT NULL,
  tag TEXT NOT NULL,
  excluded INTEGER NOT NULL,
  labelled INTEGER NOT NULL,
  recordings INTEGER NOT NULL,
  duration_ms REAL NOT NULL,
  frames INTEGER NOT NULL,
  lost_frames INTEGER NOT NULL,
  PRIMARY KEY (session_id, state, verdict, tag, excluded, labelled)
) STRICT, WITHOUT ROWID;
CREATE TABLE durations (
  session_id INTEGER NOT NULL,
  bin INTEGER NOT NULL,
  recordings INTEGER NOT NULL,
  PRIMARY KEY (session_id, bin)
) STRICT, WITHOUT ROWID;
CREATE TABLE label_counts (label TEXT PRIMARY KEY, recordings INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE faults (
  code TEXT NOT NULL,
  recording_id INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  PRIMARY KEY (code, recording_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX faults_by_recording ON faults (recording_id);
CREATE TABLE letters (
  writer_id INTEGER NOT NULL REFERENCES writers (id) ON DELETE CASCADE,
  letter TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (writer_id, letter)
) STRICT, WITHOUT ROWID;
ALTER TABLE writers ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE writers ADD COLUMN letters_revision INTEGER NOT NULL DEFAULT 0;

${REVIEW_FIGURES}

DROP TRIGGER recording_added;
DROP TRIGGER recording_removed;
DROP TRIGGER recording_deleted;
CREATE TRIGGER recording_added AFTER INSERT ON recordings WHEN new.deleted_by IS NULL BEGIN
  ${counted('new', 1)}
END;
CREATE TRIGGER recording_removed AFTER DELETE ON recordings WHEN old.deleted_by IS NULL BEGIN
  ${counted('old', -1)}
END;
CREATE TRIGGER recording_changed AFTER UPDATE OF label, state, verdict, tag, excluded, duration_ms, frames, lost_frames ON recordings
WHEN old.deleted_by IS NULL AND new.deleted_by IS NULL BEGIN
  ${tallied('old', -1)}
  ${tallied('new', 1)}
END;
CREATE TRIGGER recording_relabelled AFTER UPDATE OF label ON recordings WHEN new.label IS NOT old.label BEGIN
  ${labelCounted('old', -1)}
  ${labelCounted('new', 1)}
  UPDATE writers SET revision = revision + 1 WHERE id = new.writer_id;
  UPDATE readings SET is_right = (text = new.label) WHERE recording_id = new.id;
END;
CREATE TRIGGER recording_judged AFTER UPDATE OF reasons ON recordings BEGIN
  ${faulted('old', -1)}
  ${faulted('new', 1)}
END;
CREATE TRIGGER recording_hidden AFTER UPDATE OF deleted_by ON recordings WHEN old.deleted_by IS NULL AND new.deleted_by IS NOT NULL BEGIN
  ${counted('old', -1)}
END;
CREATE TRIGGER recording_shown AFTER UPDATE OF deleted_by ON recordings WHEN old.deleted_by IS NOT NULL AND new.deleted_by IS NULL BEGIN
  ${counted('new', 1)}
END;
`

/** Bins of the histogram of durations: 250 ms each, and one for all that lasts 10 s or longer. */
function bin(row: string): string {
  return `min(40, CAST(${row}.duration_ms / 250 AS INTEGER))`
}

/** Takes a row of `recordings` into the figures, or out of them. */
function counted(row: 'old' | 'new', sign: 1 | -1): string {
  return `UPDATE writers SET recordings = recordings + ${sign}, revision = revision + 1 WHERE id = ${row}.writer_id;
  UPDATE sessions SET recordings = recordings + ${sign} WHERE id = ${row}.session_id;
  ${tallied(row, sign)}
  ${labelCounted(row, sign)}
  ${faulted(row, sign)}`
}

function tallied(row: 'old' | 'new', sign: 1 | -1): string {
  const key = [`${row}.session_id`, `${row}.state`, `coalesce(${row}.verdict, '')`, `coalesce(${row}.tag, '')`, `${row}.excluded IS NOT NULL`, `${row}.label IS NOT NULL`]
  if (sign === 1) {
    return `INSERT INTO tallies VALUES (${key.join(', ')}, 1, ${row}.duration_ms, ${row}.frames, ${row}.lost_frames)
    ON CONFLICT DO UPDATE SET recordings = recordings + 1, duration_ms = duration_ms + excluded.duration_ms, frames = frames + excluded.frames, lost_frames = lost_frames + excluded.lost_frames;
  INSERT INTO durations VALUES (${row}.session_id, ${bin(row)}, 1) ON CONFLICT DO UPDATE SET recordings = recordings + 1;`
  }
  const same = `(session_id, state, verdict, tag, excluded, labelled) = (${key.join(', ')})`
  const inBin = `session_id = ${row}.session_id AND bin = ${bin(row)}`
  return `UPDATE tallies SET recordings = recordings - 1, duration_ms = duration_ms - ${row}.duration_ms, frames = frames - ${row}.frames, lost_frames = lost_frames - ${row}.lost_frames WHERE ${same};
  DELETE FROM tallies WHERE ${same} AND recordings = 0;
  UPDATE durations SET recordings = recordings - 1 WHERE ${inBin};
  DELETE FROM durations WHERE ${inBin} AND recordings = 0;`
}

function labelCounted(row: 'old' | 'new', sign: 1 | -1): string {
  const counts = `${row}.label IS NOT NULL AND ${row}.deleted_by IS NULL`
  if (sign === 1) return `INSERT INTO label_counts SELECT ${row}.label, 1 WHERE ${counts} ON CONFLICT DO UPDATE SET recordings = recordings + 1;`
  return `UPDATE label_counts SET recordings = recordings - 1 WHERE label = ${row}.label AND ${counts};
  DELETE FROM label_counts WHERE label = ${row}.label AND recordings = 0;`
}

function faulted(row: 'old' | 'new', sign: 1 | -1): string {
  if (sign === -1) return `DELETE FROM faults WHERE recording_id = ${row}.id;`
  return `INSERT OR IGNORE INTO faults SELECT value ->> 'code', ${row}.id FROM json_each(${row}.reasons) WHERE ${row}.reasons IS NOT NULL AND ${row}.deleted_by IS NULL;`
}

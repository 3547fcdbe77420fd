/**
 * Samples live apart from the recordings they belong to, so that lists never touch them.
 * Counts of recordings are kept by triggers, so that they cost nothing with a million rows.
 */
export const foundation = /* sql */ `
CREATE TABLE writers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  handedness TEXT NOT NULL CHECK (handedness IN ('right', 'left', 'unknown')),
  virtual INTEGER NOT NULL CHECK (virtual IN (0, 1)),
  created_at REAL NOT NULL,
  recordings INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE profiles (
  id TEXT PRIMARY KEY,
  profile TEXT NOT NULL,
  changed_at REAL NOT NULL
) STRICT;

CREATE TABLE sessions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  writer_id INTEGER NOT NULL REFERENCES writers (id) ON DELETE CASCADE,
  device_name TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('recorded', 'imported', 'simulated')),
  virtual INTEGER NOT NULL CHECK (virtual IN (0, 1)),
  profile TEXT NOT NULL,
  started_at REAL NOT NULL,
  ended_at REAL,
  recordings INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX sessions_by_writer ON sessions (writer_id);
CREATE INDEX sessions_running ON sessions (id) WHERE ended_at IS NULL;

CREATE TABLE channel_lists (
  id INTEGER PRIMARY KEY,
  channels TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE edits (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('delete', 'relabel')),
  description TEXT NOT NULL,
  at REAL NOT NULL,
  undone_at REAL
) STRICT;

CREATE TABLE recordings (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  writer_id INTEGER NOT NULL REFERENCES writers (id) ON DELETE CASCADE,
  label TEXT,
  state TEXT NOT NULL CHECK (state IN ('open', 'finished', 'interrupted')),
  started_at REAL NOT NULL,
  duration_ms REAL NOT NULL DEFAULT 0,
  frames INTEGER NOT NULL DEFAULT 0,
  lost_frames INTEGER NOT NULL DEFAULT 0,
  rate_hz REAL NOT NULL,
  channel_list_id INTEGER NOT NULL REFERENCES channel_lists (id),
  source_key BLOB,
  deleted_by INTEGER REFERENCES edits (id)
) STRICT;
CREATE INDEX recordings_by_writer ON recordings (writer_id, id) WHERE deleted_by IS NULL;
CREATE INDEX recordings_by_session ON recordings (session_id, id);
CREATE INDEX recordings_by_label ON recordings (label) WHERE deleted_by IS NULL;
CREATE INDEX recordings_unfinished ON recordings (state, id) WHERE state <> 'finished';
CREATE INDEX recordings_deleted ON recordings (deleted_by) WHERE deleted_by IS NOT NULL;
CREATE UNIQUE INDEX recordings_by_source ON recordings (source_key) WHERE source_key IS NOT NULL AND deleted_by IS NULL;

CREATE TABLE samples (
  recording_id INTEGER PRIMARY KEY REFERENCES recordings (id) ON DELETE CASCADE,
  block BLOB NOT NULL
) STRICT;

CREATE TABLE chunks (
  id INTEGER PRIMARY KEY,
  recording_id INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  block BLOB NOT NULL
) STRICT;
CREATE INDEX chunks_by_recording ON chunks (recording_id, id);

CREATE TABLE labels (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  recording_id INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  edit_id INTEGER REFERENCES edits (id),
  before TEXT,
  after TEXT,
  at REAL NOT NULL
) STRICT;
CREATE INDEX labels_by_recording ON labels (recording_id);
CREATE INDEX labels_by_edit ON labels (edit_id);

CREATE TABLE models (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  created_at REAL NOT NULL,
  card TEXT NOT NULL,
  files TEXT NOT NULL
) STRICT;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  config TEXT NOT NULL,
  state TEXT NOT NULL,
  started_at REAL NOT NULL,
  ended_at REAL,
  epoch INTEGER NOT NULL DEFAULT 0,
  epoch_progress REAL NOT NULL DEFAULT 0,
  train_recordings INTEGER NOT NULL DEFAULT 0,
  held_out_recordings INTEGER NOT NULL DEFAULT 0,
  virtual INTEGER NOT NULL DEFAULT 0 CHECK (virtual IN (0, 1)),
  backend TEXT,
  backend_reason TEXT,
  model_id INTEGER REFERENCES models (id) ON DELETE SET NULL,
  problem TEXT
) STRICT;

CREATE TABLE epochs (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL,
  score TEXT NOT NULL,
  PRIMARY KEY (run_id, epoch)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER recording_added AFTER INSERT ON recordings WHEN new.deleted_by IS NULL BEGIN
  UPDATE writers SET recordings = recordings + 1 WHERE id = new.writer_id;
  UPDATE sessions SET recordings = recordings + 1 WHERE id = new.session_id;
END;
CREATE TRIGGER recording_removed AFTER DELETE ON recordings WHEN old.deleted_by IS NULL BEGIN
  UPDATE writers SET recordings = recordings - 1 WHERE id = old.writer_id;
  UPDATE sessions SET recordings = recordings - 1 WHERE id = old.session_id;
END;
CREATE TRIGGER recording_deleted AFTER UPDATE OF deleted_by ON recordings
WHEN (old.deleted_by IS NULL) <> (new.deleted_by IS NULL) BEGIN
  UPDATE writers SET recordings = recordings + iif(new.deleted_by IS NULL, 1, -1) WHERE id = new.writer_id;
  UPDATE sessions SET recordings = recordings + iif(new.deleted_by IS NULL, 1, -1) WHERE id = new.session_id;
END;
`

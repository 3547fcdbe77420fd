-- A database with one recording, as a development state from before the first release made it (schema 9), but for its triggers.
CREATE TABLE writers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  handedness TEXT NOT NULL CHECK (handedness IN ('right', 'left', 'unknown')),
  virtual INTEGER NOT NULL CHECK (virtual IN (0, 1)),
  created_at REAL NOT NULL,
  recordings INTEGER NOT NULL DEFAULT 0
, revision INTEGER NOT NULL DEFAULT 1, letters_revision INTEGER NOT NULL DEFAULT 0) STRICT;
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
CREATE TABLE channel_lists (
  id INTEGER PRIMARY KEY,
  channels TEXT NOT NULL UNIQUE
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
, prompt INTEGER, tag TEXT, verdict TEXT CHECK (verdict IN ('green', 'look', 'redo')), reasons TEXT, excluded TEXT, cut INTEGER NOT NULL DEFAULT 0 CHECK (cut IN (0, 1))) STRICT;
CREATE TABLE samples (
  recording_id INTEGER PRIMARY KEY REFERENCES recordings (id) ON DELETE CASCADE,
  block BLOB NOT NULL
) STRICT;
CREATE TABLE chunks (
  id INTEGER PRIMARY KEY,
  recording_id INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  block BLOB NOT NULL
) STRICT;
CREATE TABLE models (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  created_at REAL NOT NULL,
  card TEXT NOT NULL,
  files TEXT NOT NULL
, readings INTEGER NOT NULL DEFAULT 0) STRICT;
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
CREATE TABLE trials (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  experiment TEXT NOT NULL,
  size TEXT NOT NULL CHECK (size IN ('full', 'quick')),
  condition TEXT NOT NULL,
  variant TEXT NOT NULL,
  fold INTEGER NOT NULL,
  seed INTEGER NOT NULL,
  config TEXT NOT NULL,
  outcome TEXT NOT NULL,
  finished_at REAL NOT NULL,
  UNIQUE (experiment, size, condition, variant, fold, seed)
) STRICT;
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  changed_at REAL NOT NULL
) STRICT;
CREATE TABLE protocols (
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  source TEXT NOT NULL,
  protocol TEXT NOT NULL,
  saved_at REAL NOT NULL,
  removed_at REAL,
  PRIMARY KEY (id, version)
) STRICT;
CREATE TABLE sittings (
  session_id INTEGER PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
  protocol_id TEXT,
  protocol_version INTEGER,
  plan TEXT NOT NULL,
  segmentation TEXT NOT NULL,
  pen_name TEXT,
  pen_serial TEXT,
  pen_firmware TEXT,
  surface TEXT,
  answers TEXT,
  finished_at REAL,
  FOREIGN KEY (protocol_id, protocol_version) REFERENCES protocols (id, version)
) STRICT;
CREATE TABLE skips (
  session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  prompt INTEGER NOT NULL,
  at REAL NOT NULL,
  PRIMARY KEY (session_id, prompt)
) STRICT, WITHOUT ROWID;
CREATE TABLE consents (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  writer_id INTEGER NOT NULL REFERENCES writers (id) ON DELETE CASCADE,
  session_id INTEGER REFERENCES sessions (id) ON DELETE SET NULL,
  version TEXT NOT NULL,
  text TEXT NOT NULL,
  given_at REAL NOT NULL
) STRICT;
CREATE TABLE notes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  recording_id INTEGER REFERENCES recordings (id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  at REAL NOT NULL
) STRICT;
CREATE TABLE "edits" (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('trim', 'split', 'merge', 'relabel', 'exclude', 'include', 'tag', 'delete')),
  description TEXT NOT NULL,
  at REAL NOT NULL,
  undone_at REAL,
  abandoned INTEGER NOT NULL DEFAULT 0 CHECK (abandoned IN (0, 1))
) STRICT;
CREATE TABLE changes (
  edit_id INTEGER NOT NULL REFERENCES edits (id) ON DELETE CASCADE,
  recording_id INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  PRIMARY KEY (edit_id, recording_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE pieces (
  recording_id INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  raw_id INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  first_frame INTEGER NOT NULL,
  end_frame INTEGER NOT NULL,
  lost_before INTEGER NOT NULL,
  PRIMARY KEY (recording_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE readings (
  model_id INTEGER NOT NULL REFERENCES models (id) ON DELETE CASCADE,
  recording_id INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  confidence REAL NOT NULL,
  is_right INTEGER CHECK (is_right IN (0, 1)),
  at REAL NOT NULL,
  PRIMARY KEY (model_id, recording_id)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE letters (
  writer_id INTEGER NOT NULL REFERENCES writers (id) ON DELETE CASCADE,
  letter TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (writer_id, letter)
) STRICT, WITHOUT ROWID;
CREATE TABLE adaptations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  writer_id INTEGER NOT NULL REFERENCES writers (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  from_model_id INTEGER REFERENCES models (id) ON DELETE SET NULL,
  run_id INTEGER REFERENCES runs (id) ON DELETE SET NULL,
  model_id INTEGER REFERENCES models (id) ON DELETE SET NULL,
  config TEXT NOT NULL,
  started_at REAL NOT NULL,
  decision TEXT CHECK (decision IN ('kept', 'discarded')),
  active INTEGER NOT NULL DEFAULT 0 CHECK (active IN (0, 1)),
  report TEXT,
  UNIQUE (writer_id, version)
) STRICT;
CREATE TABLE chosen_models (
  id INTEGER PRIMARY KEY,
  writer_id INTEGER UNIQUE REFERENCES writers (id) ON DELETE CASCADE,
  model_id INTEGER NOT NULL REFERENCES models (id) ON DELETE CASCADE
) STRICT;
CREATE TABLE shown_marks (
  word INTEGER PRIMARY KEY,
  bits INTEGER NOT NULL
) STRICT;
CREATE TABLE read_marks (
  model_id INTEGER NOT NULL REFERENCES models (id) ON DELETE CASCADE,
  word INTEGER NOT NULL,
  bits INTEGER NOT NULL,
  PRIMARY KEY (model_id, word)
) STRICT, WITHOUT ROWID;
CREATE TABLE bits (bit INTEGER PRIMARY KEY) STRICT;
CREATE TABLE accounts (
  session_id INTEGER PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
  account TEXT NOT NULL
) STRICT;
CREATE TABLE told_prompts (
  recording_id INTEGER PRIMARY KEY REFERENCES recordings (id) ON DELETE CASCADE,
  text TEXT NOT NULL
) STRICT;
CREATE TABLE spans (
  word INTEGER PRIMARY KEY,
  first REAL NOT NULL,
  last REAL NOT NULL
) STRICT;
CREATE INDEX sessions_by_writer ON sessions (writer_id);
CREATE INDEX sessions_running ON sessions (id) WHERE ended_at IS NULL;
CREATE INDEX recordings_by_session ON recordings (session_id, id);
CREATE INDEX recordings_unfinished ON recordings (state, id) WHERE state <> 'finished';
CREATE INDEX recordings_deleted ON recordings (deleted_by) WHERE deleted_by IS NOT NULL;
CREATE UNIQUE INDEX recordings_by_source ON recordings (source_key) WHERE source_key IS NOT NULL AND deleted_by IS NULL;
CREATE INDEX chunks_by_recording ON chunks (recording_id, id);
CREATE INDEX sittings_by_protocol ON sittings (protocol_id, protocol_version) WHERE protocol_id IS NOT NULL;
CREATE INDEX consents_by_writer ON consents (writer_id);
CREATE INDEX notes_by_session ON notes (session_id);
CREATE INDEX notes_by_recording ON notes (recording_id) WHERE recording_id IS NOT NULL;
CREATE INDEX edits_undone ON edits (id) WHERE undone_at IS NOT NULL AND abandoned = 0;
CREATE INDEX changes_by_recording ON changes (recording_id, edit_id);
CREATE INDEX pieces_by_raw ON pieces (raw_id);
CREATE INDEX readings_by_recording ON readings (recording_id);
CREATE INDEX readings_by_confidence ON readings (model_id, confidence, recording_id);
CREATE INDEX readings_by_outcome ON readings (model_id, is_right, recording_id);
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
CREATE INDEX faults_by_recording ON faults (recording_id);
CREATE UNIQUE INDEX adaptations_active ON adaptations (writer_id) WHERE active = 1;
CREATE INDEX adaptations_by_run ON adaptations (run_id) WHERE run_id IS NOT NULL;
CREATE INDEX adaptations_by_model ON adaptations (model_id) WHERE model_id IS NOT NULL;
CREATE UNIQUE INDEX chosen_for_everybody ON chosen_models (writer_id IS NULL) WHERE writer_id IS NULL;
INSERT INTO writers VALUES (1, 'w01', 'right', 0, 1796079221984, 1, 2, 0);
INSERT INTO sessions VALUES (1, 1, 'pen', 'recorded', 0, '{}', 1796079221985, 1796079221988, 1);
INSERT INTO channel_lists VALUES (1, '[{"name":"force","unit":"N"}]');
INSERT INTO recordings VALUES (1, 1, 1, 'Haus', 'finished', 1000000000000, 20, 2, 0, 100, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0);
INSERT INTO samples VALUES (1, x'4b4c4d31020000000100000000000000000000a2941a6d42004001a2941a6d420000803f00000040');
PRAGMA application_id = 1263291731;
PRAGMA user_version = 9;

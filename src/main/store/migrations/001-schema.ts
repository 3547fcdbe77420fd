/**
 * Everything that the store keeps. Samples live apart from the recordings they belong to, so that lists never touch
 * them.
 *
 * Lists, counts and figures look at all recordings that an index does not rule out: 100,000 take some milliseconds.
 * So there is an index only where rows are looked up by number, counted often, or kept unique; none for a filter or an
 * order. SQLite adds the row's own number to every index.
 */
export const schema = /* sql */ `
-- Who writes, under a pseudonym; virtual ones are simulations. Those of them that are re-enacted follow a person's pen path.
CREATE TABLE writers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  handedness TEXT NOT NULL CHECK (handedness IN ('right', 'left', 'unknown')),
  virtual INTEGER NOT NULL CHECK (virtual IN (0, 1)),
  reenacted INTEGER NOT NULL CHECK (reenacted IN (0, virtual)),
  created_at REAL NOT NULL
) STRICT;

-- Device profiles that the user made or changed, as JSON.
CREATE TABLE profiles (
  id TEXT PRIMARY KEY,
  profile TEXT NOT NULL,
  changed_at REAL NOT NULL
) STRICT;

-- One writer at one device, with the profile as it was then. One without an end is running.
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  writer_id INTEGER NOT NULL REFERENCES writers (id) ON DELETE CASCADE,
  device_name TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('recorded', 'imported', 'simulated')),
  virtual INTEGER NOT NULL CHECK (virtual IN (0, 1)),
  reenacted INTEGER NOT NULL CHECK (reenacted IN (0, virtual)),
  profile TEXT NOT NULL,
  started_at REAL NOT NULL,
  ended_at REAL
) STRICT;
-- Deleting a writer.
CREATE INDEX sessions_by_writer ON sessions (writer_id);
-- What was running when the program ended is looked for at every start.
CREATE INDEX sessions_running ON sessions (id) WHERE ended_at IS NULL;

CREATE TABLE channel_lists (
  id INTEGER PRIMARY KEY,
  channels TEXT NOT NULL UNIQUE
) STRICT;

-- What a person did to recordings and can take back. An abandoned one was taken back and cannot be done again.
CREATE TABLE edits (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('trim', 'split', 'merge', 'relabel', 'exclude', 'include', 'tag', 'delete')),
  description TEXT NOT NULL,
  at REAL NOT NULL,
  undone_at REAL,
  abandoned INTEGER NOT NULL DEFAULT 0 CHECK (abandoned IN (0, 1))
) STRICT;
-- Redo asks for the first of these, each new edit for all.
CREATE INDEX edits_undone ON edits (id) WHERE undone_at IS NOT NULL AND abandoned = 0;

-- One written thing with its figures. Hidden, with the edit that did so in deleted_by, until it goes for good.
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
  deleted_by INTEGER REFERENCES edits (id),
  prompt INTEGER,
  tag TEXT,
  verdict TEXT CHECK (verdict IN ('good', 'check', 'redo')),
  -- Of the verdict, as JSON.
  reasons TEXT,
  -- Why it is left out.
  excluded TEXT,
  -- Whether it shows other frames than all of its own.
  cut INTEGER NOT NULL DEFAULT 0 CHECK (cut IN (0, 1))
) STRICT;
-- The recordings of a session, and how many there are of each. Deleting a session.
CREATE INDEX recordings_by_session ON recordings (session_id, deleted_by);
-- How many there are of each writer and of all. Labels by writer, finished ones too, and those that contain a text,
-- without the rows.
-- Deleting a writer.
CREATE INDEX recordings_by_writer ON recordings (writer_id, label, deleted_by, state);
-- Which tags and which reasons to leave recordings out there are, and how many of each, is asked whenever something changes.
CREATE INDEX recordings_by_tag ON recordings (tag, deleted_by) WHERE tag IS NOT NULL;
CREATE INDEX recordings_by_exclusion ON recordings (excluded, deleted_by) WHERE excluded IS NOT NULL;
-- What was open when the program ended is looked for at every start.
CREATE INDEX recordings_unfinished ON recordings (state) WHERE state <> 'finished';
-- What an edit hid: taking it back, and removing for good.
CREATE INDEX recordings_deleted ON recordings (deleted_by) WHERE deleted_by IS NOT NULL;
-- An import asks for every recording whether it is there; shown, there is one of each at most.
CREATE UNIQUE INDEX recordings_by_source ON recordings (source_key) WHERE source_key IS NOT NULL AND deleted_by IS NULL;
CREATE INDEX recordings_hidden_by_source ON recordings (source_key) WHERE source_key IS NOT NULL AND deleted_by IS NOT NULL;

-- The block of a recording that is no longer open. crc32 is that of the block (ISO-HDLC), for damage that SQLite
-- cannot see.
CREATE TABLE samples (
  recording_id INTEGER PRIMARY KEY REFERENCES recordings (id) ON DELETE CASCADE,
  block BLOB NOT NULL,
  crc32 INTEGER
) STRICT;

-- The blocks of one that is open, in order.
CREATE TABLE chunks (
  id INTEGER PRIMARY KEY,
  recording_id INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  block BLOB NOT NULL,
  crc32 INTEGER
) STRICT;
-- Putting them together.
CREATE INDEX chunks_by_recording ON chunks (recording_id, id);

-- What an edit changed of a recording: the changed fields before and after, as JSON.
CREATE TABLE changes (
  edit_id INTEGER NOT NULL REFERENCES edits (id) ON DELETE CASCADE,
  recording_id INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  PRIMARY KEY (edit_id, recording_id)
) STRICT, WITHOUT ROWID;
-- The history of a recording.
CREATE INDEX changes_by_recording ON changes (recording_id, edit_id);

-- The stretches of recorded samples that an edited recording shows; one without any shows all of its own.
CREATE TABLE pieces (
  recording_id INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  raw_id INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  first_frame INTEGER NOT NULL,
  end_frame INTEGER NOT NULL,
  lost_before INTEGER NOT NULL,
  PRIMARY KEY (recording_id, position)
) STRICT, WITHOUT ROWID;
-- Who else shows the samples of a recording that is to go.
CREATE INDEX pieces_by_raw ON pieces (raw_id);

-- Trained recognisers: their cards as JSON, and the names of their files.
CREATE TABLE models (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  created_at REAL NOT NULL,
  card TEXT NOT NULL,
  files TEXT NOT NULL
) STRICT;

-- What a model reads in a recording as it is shown now.
CREATE TABLE readings (
  model_id INTEGER NOT NULL REFERENCES models (id) ON DELETE CASCADE,
  recording_id INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  confidence REAL NOT NULL,
  at REAL NOT NULL,
  PRIMARY KEY (model_id, recording_id)
) STRICT, WITHOUT ROWID;
-- What all models read in one recording. Deleting it.
CREATE INDEX readings_by_recording ON readings (recording_id);

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
  reenacted TEXT CHECK (reenacted IN ('some', 'all')),
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

-- Outcomes of experiments: one row for each network that was trained and measured.
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

-- Adaptations of models to writers, numbered per writer. At most one of a writer is active.
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
CREATE UNIQUE INDEX adaptations_active ON adaptations (writer_id) WHERE active = 1;
-- Which version a run or a model belongs to. Deleting those.
CREATE INDEX adaptations_by_run ON adaptations (run_id) WHERE run_id IS NOT NULL;
CREATE INDEX adaptations_by_model ON adaptations (model_id) WHERE model_id IS NOT NULL;

-- Which model a person chose for a writer; without a writer, for everybody.
CREATE TABLE model_choices (
  id INTEGER PRIMARY KEY,
  writer_id INTEGER UNIQUE REFERENCES writers (id) ON DELETE CASCADE,
  model_id INTEGER NOT NULL REFERENCES models (id) ON DELETE CASCADE
) STRICT;
CREATE UNIQUE INDEX model_choice_for_everybody ON model_choices (writer_id IS NULL) WHERE writer_id IS NULL;

-- Small things to remember, by name, each as JSON.
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  changed_at REAL NOT NULL
) STRICT;

-- Protocols. A version is never changed: sessions refer to it.
CREATE TABLE protocols (
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  source TEXT NOT NULL,
  protocol TEXT NOT NULL,
  saved_at REAL NOT NULL,
  removed_at REAL,
  PRIMARY KEY (id, version)
) STRICT;

-- How a session runs: plan, protocol, pen, surface, answers.
CREATE TABLE prompted_sessions (
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
-- The sessions of a protocol. Removing it.
CREATE INDEX prompted_sessions_by_protocol ON prompted_sessions (protocol_id, protocol_version) WHERE protocol_id IS NOT NULL;

-- Prompts of a session that were left out.
CREATE TABLE skipped_prompts (
  session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  prompt INTEGER NOT NULL,
  at REAL NOT NULL,
  PRIMARY KEY (session_id, prompt)
) STRICT, WITHOUT ROWID;

-- What a writer agreed to. It outlives the session.
CREATE TABLE consents (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  writer_id INTEGER NOT NULL REFERENCES writers (id) ON DELETE CASCADE,
  session_id INTEGER REFERENCES sessions (id) ON DELETE SET NULL,
  version TEXT NOT NULL,
  text TEXT NOT NULL,
  given_at REAL NOT NULL
) STRICT;
CREATE INDEX consents_by_writer ON consents (writer_id);

CREATE TABLE notes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  recording_id INTEGER REFERENCES recordings (id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  at REAL NOT NULL
) STRICT;
CREATE INDEX notes_by_session ON notes (session_id);
-- Deleting a recording.
CREATE INDEX notes_by_recording ON notes (recording_id) WHERE recording_id IS NOT NULL;

-- What a file says of a session that was recorded elsewhere; it goes along when that is exported again. Protocols stand
-- here by name alone: version 2 of one database need not be version 2 of another.
CREATE TABLE session_provenance (
  session_id INTEGER PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
  provenance TEXT NOT NULL
) STRICT;

-- Prompts of imported recordings, as their file has them.
CREATE TABLE imported_prompts (
  recording_id INTEGER PRIMARY KEY REFERENCES recordings (id) ON DELETE CASCADE,
  text TEXT NOT NULL
) STRICT;
`

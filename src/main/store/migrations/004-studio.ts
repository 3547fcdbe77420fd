/**
 * Protocols and how sessions run by them. A version of a protocol is never changed: recordings refer to it through their
 * session. Whatever says something about a writer goes with the writer.
 */
export const studio = /* sql */ `
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
CREATE INDEX sittings_by_protocol ON sittings (protocol_id, protocol_version) WHERE protocol_id IS NOT NULL;

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
CREATE INDEX consents_by_writer ON consents (writer_id);

CREATE TABLE notes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  recording_id INTEGER REFERENCES recordings (id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  at REAL NOT NULL
) STRICT;
CREATE INDEX notes_by_session ON notes (session_id);
CREATE INDEX notes_by_recording ON notes (recording_id) WHERE recording_id IS NOT NULL;

ALTER TABLE recordings ADD COLUMN prompt INTEGER;
ALTER TABLE recordings ADD COLUMN tag TEXT;
ALTER TABLE recordings ADD COLUMN verdict TEXT CHECK (verdict IN ('green', 'look', 'redo'));
ALTER TABLE recordings ADD COLUMN reasons TEXT;
CREATE INDEX recordings_by_verdict ON recordings (verdict, id) WHERE verdict IS NOT NULL AND verdict <> 'green' AND deleted_by IS NULL;
CREATE INDEX recordings_by_tag ON recordings (tag, id) WHERE tag IS NOT NULL AND deleted_by IS NULL;
`

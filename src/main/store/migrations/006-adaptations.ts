/**
 * Adaptations of models to writers, numbered per writer, and which model a person chose for whom (without a writer: for everybody).
 * At most one version of a writer is active. What is known of a writer goes with the writer.
 */
export const adaptations = /* sql */ `
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
CREATE INDEX adaptations_by_run ON adaptations (run_id) WHERE run_id IS NOT NULL;
CREATE INDEX adaptations_by_model ON adaptations (model_id) WHERE model_id IS NOT NULL;

CREATE TABLE chosen_models (
  id INTEGER PRIMARY KEY,
  writer_id INTEGER UNIQUE REFERENCES writers (id) ON DELETE CASCADE,
  model_id INTEGER NOT NULL REFERENCES models (id) ON DELETE CASCADE
) STRICT;
CREATE UNIQUE INDEX chosen_for_everybody ON chosen_models (writer_id IS NULL) WHERE writer_id IS NULL;
`

/** Outcomes of experiments: one row for each network that was trained and measured. */
export const trials = /* sql */ `
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
`

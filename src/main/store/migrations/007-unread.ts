/** Marks all recordings for the bits that triggers keep from then on. */
export const READ_MARKS = /* sql */ `
INSERT INTO shown_marks SELECT id >> 6, sum(1 << (id & 63)) FROM recordings WHERE deleted_by IS NULL GROUP BY 1;
INSERT INTO read_marks SELECT model_id, recording_id >> 6, sum(1 << (recording_id & 63)) FROM readings GROUP BY 1, 2;
UPDATE models SET readings = (SELECT count(*) FROM readings WHERE model_id = models.id);
`

/**
 * What a model has not read yet is found without asking for every recording: a bit says of each recording whether it is
 * shown, and whether a model has read it. A row holds 64 of them: bit `i` of word `w` is of recording `64 w + i`.
 * Recordings that a model has never come near take no row. `bits` numbers the bits of a byte. Triggers keep the bits, and how
 * many readings there are of a model: a reading that replaces another must update it, as what `OR REPLACE` removes no trigger sees.
 */
export const unread = /* sql */ `
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
INSERT INTO bits VALUES (0), (1), (2), (3), (4), (5), (6), (7);
ALTER TABLE models ADD COLUMN readings INTEGER NOT NULL DEFAULT 0;

${READ_MARKS}

CREATE TRIGGER recording_added_marks AFTER INSERT ON recordings WHEN new.deleted_by IS NULL BEGIN
  ${shown('new', true)}
END;
CREATE TRIGGER recording_removed_marks AFTER DELETE ON recordings WHEN old.deleted_by IS NULL BEGIN
  ${shown('old', false)}
END;
CREATE TRIGGER recording_hidden_marks AFTER UPDATE OF deleted_by ON recordings WHEN old.deleted_by IS NULL AND new.deleted_by IS NOT NULL BEGIN
  ${shown('old', false)}
END;
CREATE TRIGGER recording_shown_marks AFTER UPDATE OF deleted_by ON recordings WHEN old.deleted_by IS NOT NULL AND new.deleted_by IS NULL BEGIN
  ${shown('new', true)}
END;
CREATE TRIGGER reading_added AFTER INSERT ON readings BEGIN
  INSERT INTO read_marks VALUES (new.model_id, new.recording_id >> 6, 1 << (new.recording_id & 63)) ON CONFLICT DO UPDATE SET bits = bits | excluded.bits;
  UPDATE models SET readings = readings + 1 WHERE id = new.model_id;
END;
CREATE TRIGGER reading_removed AFTER DELETE ON readings BEGIN
  UPDATE read_marks SET bits = bits & ~(1 << (old.recording_id & 63)) WHERE model_id = old.model_id AND word = old.recording_id >> 6;
  UPDATE models SET readings = readings - 1 WHERE id = old.model_id;
END;
`

function shown(row: 'old' | 'new', is: boolean): string {
  if (is) return `INSERT INTO shown_marks VALUES (${row}.id >> 6, 1 << (${row}.id & 63)) ON CONFLICT DO UPDATE SET bits = bits | excluded.bits;`
  return `UPDATE shown_marks SET bits = bits & ~(1 << (${row}.id & 63)) WHERE word = ${row}.id >> 6;`
}

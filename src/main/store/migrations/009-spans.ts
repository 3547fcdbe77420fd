/**
 * Recordings mostly come in the order of time: of each 64 in a row (those of a word of `shown_marks`) a row says when the
 * first and the last began, so that a stretch of time is told by these rows but for the few at its ends. Triggers keep them;
 * when a recording goes, nothing of it is left.
 */
export const spans = /* sql */ `
CREATE TABLE spans (
  word INTEGER PRIMARY KEY,
  first REAL NOT NULL,
  last REAL NOT NULL
) STRICT;
INSERT INTO spans SELECT id >> 6, min(started_at), max(started_at) FROM recordings GROUP BY 1;
CREATE TRIGGER recording_added_span AFTER INSERT ON recordings BEGIN
  INSERT INTO spans VALUES (new.id >> 6, new.started_at, new.started_at) ON CONFLICT DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last);
END;
CREATE TRIGGER recording_moved_span AFTER UPDATE OF started_at ON recordings WHEN old.started_at <> new.started_at BEGIN
  ${measuredAnew('new')}
END;
CREATE TRIGGER recording_removed_span AFTER DELETE ON recordings BEGIN
  ${measuredAnew('old')}
END;
`

function measuredAnew(row: 'old' | 'new'): string {
  const word = `${row}.id >> 6`
  return `DELETE FROM spans WHERE word = ${word};
  INSERT INTO spans SELECT ${word}, min(started_at), max(started_at) FROM recordings WHERE id BETWEEN (${word}) << 6 AND ((${word}) << 6) + 63 HAVING count(*) > 0;`
}

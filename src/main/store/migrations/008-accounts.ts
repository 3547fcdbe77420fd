/**
 * What files tell of sessions that were recorded elsewhere, so that it is there to look at and goes along when they are
 * exported again. Protocols are told by name alone: version 2 of one database need not be version 2 of another.
 */
export const accounts = /* sql */ `
CREATE TABLE accounts (
  session_id INTEGER PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
  account TEXT NOT NULL
) STRICT;
CREATE TABLE told_prompts (
  recording_id INTEGER PRIMARY KEY REFERENCES recordings (id) ON DELETE CASCADE,
  text TEXT NOT NULL
) STRICT;
`

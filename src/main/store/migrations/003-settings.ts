/** What a person or a writer's hand has set, by name: small values, each as JSON. */
export const settings = /* sql */ `
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  changed_at REAL NOT NULL
) STRICT;
`

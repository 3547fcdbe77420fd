import { foundation } from './001-foundation.ts'
import { trials } from './002-trials.ts'
import { settings } from './003-settings.ts'
import { studio } from './004-studio.ts'
import { review } from './005-review.ts'
import { adaptations } from './006-adaptations.ts'
import { unread } from './007-unread.ts'
import { accounts } from './008-accounts.ts'
import { spans } from './009-spans.ts'
import { checksums } from './010-checksums.ts'

/**
 * Every step the schema ever took, in order: entry `n` takes a database from `user_version` n to n + 1.
 * A step that has shipped is never edited; a change of the schema is a new file at the end.
 */
export const MIGRATIONS: readonly { name: string; sql: string }[] = [
  { name: 'foundation', sql: foundation },
  { name: 'trials', sql: trials },
  { name: 'settings', sql: settings },
  { name: 'studio', sql: studio },
  { name: 'review', sql: review },
  { name: 'adaptations', sql: adaptations },
  { name: 'unread', sql: unread },
  { name: 'accounts', sql: accounts },
  { name: 'spans', sql: spans },
  { name: 'checksums', sql: checksums },
]

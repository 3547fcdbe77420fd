import type { Catalogue } from '../../../../shared/messages/render.ts'
import { backup } from './backup.ts'

/** What the host says, in German, by code. */
export const catalogue: Catalogue = { ...backup }

import { CODECS } from './codecs.ts'
import { IMPORTERS } from './importers.ts'
import { messages } from './messages.ts'
import { protocols } from './protocols.ts'
import type { Target } from './target.ts'

export const TARGETS: Record<string, () => Promise<Target> | Target> = { ...CODECS, ...IMPORTERS, messages, protocols }

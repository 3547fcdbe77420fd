import type { Sentences } from '../../sentences.ts'

/** Why a library with native code cannot be had, and what goes on without it. */
export const native: Sentences = {}

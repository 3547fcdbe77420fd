import { backup } from './backup.ts'

/** What is said in English, by code. */
export const catalogue = { ...backup } as const

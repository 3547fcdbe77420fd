import { en } from './en/index.ts'

/** What a language must say: the shape of the English text. */
export type Text = typeof en

/** The window's words. */
export const t: Text = en

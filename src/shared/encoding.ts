/**
 * What the bytes of a text can stand for. A byte order mark says UTF-8 or UTF-16 by itself; what has none is UTF-8
 * unless a person says otherwise.
 */
export const SAID_ENCODINGS = ['utf-8', 'windows-1252'] as const
export type SaidEncoding = (typeof SAID_ENCODINGS)[number]
export type TextEncoding = SaidEncoding | 'utf-16le' | 'utf-16be'

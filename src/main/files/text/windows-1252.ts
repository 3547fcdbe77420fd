/**
 * The 32 places in which Windows-1252 differs from Latin 1; the empty ones stand for nothing. Written out because the
 * decoders of some versions of Node read these bytes as control characters. Source:
 * https://encoding.spec.whatwg.org/#windows-1252
 */
const FROM_0X80 = [
  '€',
  '',
  '‚',
  'ƒ',
  '„',
  '…',
  '†',
  '‡',
  'ˆ',
  '‰',
  'Š',
  '‹',
  'Œ',
  '',
  'Ž',
  '',
  '',
  '‘',
  '’',
  '“',
  '”',
  '•',
  '–',
  '—',
  '˜',
  '™',
  'š',
  '›',
  'œ',
  '',
  'ž',
  'Ÿ',
]

/** A text in Windows-1252, or null where a byte stands for nothing in it. */
export function fromWindows1252(bytes: Uint8Array): string | null {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  const text = latin1.replace(/[\x80-\x9f]/g, (letter) => FROM_0X80[letter.charCodeAt(0) - 0x80] || '\0')
  return text.includes('\0') ? null : text
}

/**
 * The first few words that only the bytes beyond ASCII make what they are, for a person to judge. Empty where there are
 * none, or where it is no text.
 */
export function wordsIn1252(bytes: Uint8Array, most = 3): string[] {
  const text = fromWindows1252(bytes)
  // eslint-disable-next-line no-control-regex -- bytes of pictures and programs are told by exactly these
  if (text === null || /[\0-\x08\x0e-\x1f\x7f]/.test(text)) return []
  const words = new Set<string>()
  for (const word of text.split(/[\s;,|"]+/)) {
    if (words.size === most) break
    if (/[^\0-\x7f]/.test(word)) words.add(word.slice(0, LONGEST))
  }
  return [...words]
}

const LONGEST = 40

/**
 * What a sign does, not what it looks like: it moves a terminal's cursor or sets its title (C0, C1, delete), turns the
 * order of what follows (the bidirectional controls of UAX #9), breaks a line where none is seen, or is seen as
 * nothing. Line feeds and tabs stay. So do the joiners of emoji and of Indic and Persian script, which those need.
 */
const CONTROLS = /(?![\n\t])[\p{Cc}\p{Cs}\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu

/**
 * A text whose signs all only show: names, files and pens say what they like, and it may be shown to a person only so.
 * What does something stands as `\u001b` does in JSON, so that a line of JSON stays the same value.
 */
export function plain(text: string): string {
  return text.replace(CONTROLS, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The same for one line: line feeds and tabs are shown, too. */
export function plainLine(text: string): string {
  return plain(text).replace(/[\n\t]/g, (sign) => (sign === '\n' ? '\\n' : '\\t'))
}

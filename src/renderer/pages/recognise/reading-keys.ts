import { isForPage } from '../../shell/shortcuts.ts'

export interface ReadingActions {
  /** Takes the how-manieth reading of the word, counted from 0. */
  take?: (reading: number) => void
  undo?: () => void
  redo?: () => void
  /** Goes to the field in which the right word is typed. */
  type?: () => void
  /** Goes to the word before (-1) or after (1). Says whether there is one. */
  step?: (by: -1 | 1) => boolean
}

/** What has the focus while Tab goes from word to word. Escape lets go of it. */
const SELECTED_WORD = '[data-selected-word]'
/** What may have a use of its own for the arrows. */
const USES_ARROWS = 'button, a, summary, [role="radio"], [role="tab"], [role="slider"], [tabindex="0"]'

/**
 * The keys while words are read: 1 to 9, Enter, Backspace or Ctrl+Z, Ctrl+Shift+Z or Ctrl+Y; the arrows go from word to
 * word, and so does Tab while the word at hand has the focus, until there is none. Gives back how to stop listening.
 */
export function onReadingKey({ take, undo, redo, type, step }: ReadingActions): () => void {
  const listener = (event: KeyboardEvent): void => {
    if (event.repeat || event.altKey || !isForPage(event)) return
    const by = stepOf(event)
    if (by !== undefined) return void (step?.(by) === true && event.preventDefault())
    const action = event.ctrlKey || event.metaKey ? chordOf(event) : actionOf(event)
    if (action === undefined) return
    event.preventDefault()
    action()
  }
  function chordOf(event: KeyboardEvent): (() => void) | undefined {
    const key = event.key.toLowerCase()
    if (key === 'y') return redo
    return key === 'z' ? (event.shiftKey ? redo : undo) : undefined
  }
  function actionOf(event: KeyboardEvent): (() => void) | undefined {
    if (take !== undefined && /^[1-9]$/.test(event.key)) return () => take(Number(event.key) - 1)
    if (event.key === 'Backspace') return undo
    const presses = event.target instanceof HTMLElement && event.target.closest('button, a, summary') !== null
    return event.key === 'Enter' && !presses ? type : undefined
  }
  window.addEventListener('keydown', listener)
  return () => window.removeEventListener('keydown', listener)
}

/** Which way a key goes from word to word; undefined for any other. */
function stepOf({ key, target, shiftKey, ctrlKey, metaKey }: KeyboardEvent): -1 | 1 | undefined {
  if (ctrlKey || metaKey) return undefined
  const atHand = target instanceof HTMLElement && target.matches(SELECTED_WORD)
  if (key === 'Tab') return atHand ? (shiftKey ? 1 : -1) : undefined
  if (!atHand && target instanceof HTMLElement && target.closest(USES_ARROWS) !== null) return undefined
  return key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : undefined
}

import { isForPage } from '../../shell/shortcuts.ts'

export interface ReadingActions {
  /** Takes the how-manieth reading of the word, counted from 0. */
  take?: (reading: number) => void
  undo?: () => void
  /** Goes to the field in which the right word is typed. */
  type?: () => void
}

/** The keys while words are read: 1 to 9, Backspace or Ctrl+Z, Enter. Gives back how to stop listening. */
export function onReadingKey({ take, undo, type }: ReadingActions): () => void {
  const listener = (event: KeyboardEvent): void => {
    if (event.repeat || event.altKey || !isForPage(event)) return
    const action = event.ctrlKey || event.metaKey ? (event.key === 'z' ? undo : undefined) : actionOf(event)
    if (action === undefined) return
    event.preventDefault()
    action()
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

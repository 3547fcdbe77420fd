import { isForPage } from '../../shell/shortcuts.ts'

export interface RecordingActions {
  next: () => void
  redo: () => void
  skip: () => void
  rest: () => void
  note: () => void
  stop: () => void
}

/** The keys of a running session. A focused button keeps its own Space and Enter. Gives back how to stop listening. */
export function onRecordingKey(actions: RecordingActions): () => void {
  const byKey: Record<string, () => void> = {
    ' ': actions.next,
    Enter: actions.next,
    // What a foot pedal or a presenter sends.
    PageDown: actions.next,
    b: actions.rest,
    n: actions.note,
    Backspace: actions.redo,
    s: actions.skip,
    S: actions.skip,
    Escape: actions.stop,
  }
  const listener = (event: KeyboardEvent): void => {
    const action = byKey[event.key]
    if (action === undefined || event.repeat || event.ctrlKey || event.metaKey || event.altKey || !isForPage(event)) return
    const presses = event.key === ' ' || event.key === 'Enter'
    if (presses && event.target instanceof HTMLElement && event.target.closest('button, a, summary') !== null) return
    event.preventDefault()
    action()
  }
  window.addEventListener('keydown', listener)
  return () => window.removeEventListener('keydown', listener)
}

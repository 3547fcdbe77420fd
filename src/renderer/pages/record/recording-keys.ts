import { isForPage } from '../../shell/shortcuts.ts'

export interface RecordingActions {
  next: () => void
  redo: () => void
  skip: () => void
  rest: () => void
  note: () => void
  stop: () => void
}

const BY_KEY: Record<string, keyof RecordingActions> = {
  ' ': 'next',
  Enter: 'next',
  // What a foot pedal or a presenter sends.
  PageDown: 'next',
  b: 'rest',
  n: 'note',
  Backspace: 'redo',
  s: 'skip',
  Escape: 'stop',
}

/** What a key does in a session; letters do the same with caps lock. */
export function actionOf(key: string): keyof RecordingActions | undefined {
  const name = key.length === 1 ? key.toLowerCase() : key
  return Object.hasOwn(BY_KEY, name) ? BY_KEY[name] : undefined
}

/**
 * The keys of a running session, as far as there are actions for them. A focused button keeps its own Space and Enter.
 * Gives back how to stop listening.
 */
export function onRecordingKey(actions: Partial<RecordingActions>): () => void {
  const listener = (event: KeyboardEvent): void => {
    const name = actionOf(event.key)
    const action = name && actions[name]
    if (action === undefined || event.repeat || event.ctrlKey || event.metaKey || event.altKey || !isForPage(event))
      return
    const presses = event.key === ' ' || event.key === 'Enter'
    if (presses && event.target instanceof HTMLElement && event.target.closest('button, a, summary') !== null) return
    event.preventDefault()
    action()
  }
  window.addEventListener('keydown', listener)
  return () => window.removeEventListener('keydown', listener)
}

import { isForPage } from '../../../shell/shortcuts.ts'

export interface ReviewActions {
  previous: () => void
  next: () => void
  /** Moves the cursor by so many frames. */
  cursor: (by: number) => void
  zoom: (factor: number) => void
  /** Moves what is shown by a share of its width. */
  pan: (share: number) => void
  all: () => void
  /** Trims up to the cursor, or from it on. */
  trimHere: (side: 'first' | 'last') => void
  trim: () => void
  split: () => void
  merge: () => void
  relabel: () => void
  exclude: () => void
  remove: () => void
  read: () => void
  /** Takes the marks of a trim away, or leaves. */
  escape: () => void
}

/** The keys of the large view of one recording. Gives back how to stop listening. */
export function onReviewKey(actions: ReviewActions): () => void {
  const byKey: Record<string, (event: KeyboardEvent) => void> = {
    k: actions.previous,
    PageUp: actions.previous,
    j: actions.next,
    PageDown: actions.next,
    ArrowLeft: (event) => actions.cursor(event.shiftKey ? -10 : -1),
    ArrowRight: (event) => actions.cursor(event.shiftKey ? 10 : 1),
    '+': () => actions.zoom(1 / 1.5),
    '=': () => actions.zoom(1 / 1.5),
    '-': () => actions.zoom(1.5),
    ',': () => actions.pan(-0.25),
    '.': () => actions.pan(0.25),
    '0': actions.all,
    i: () => actions.trimHere('first'),
    o: () => actions.trimHere('last'),
    t: actions.trim,
    s: actions.split,
    m: actions.merge,
    F2: actions.relabel,
    e: actions.exclude,
    r: actions.read,
    Delete: actions.remove,
    Escape: actions.escape,
  }
  const repeatable = new Set(['ArrowLeft', 'ArrowRight', '+', '=', '-', ',', '.', 'j', 'k', 'PageUp', 'PageDown'])
  const listener = (event: KeyboardEvent): void => {
    const action = byKey[event.key]
    if (action === undefined || event.ctrlKey || event.metaKey || event.altKey || !isForPage(event)) return
    if (event.repeat && !repeatable.has(event.key)) return
    event.preventDefault()
    action(event)
  }
  window.addEventListener('keydown', listener)
  return () => window.removeEventListener('keydown', listener)
}

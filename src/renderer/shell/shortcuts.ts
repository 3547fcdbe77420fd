import { PAGES } from '../state/route.svelte.ts'

/** The second key after `g`, page by page. */
export const PAGE_KEYS = {
  devices: 'd',
  record: 'r',
  recordings: 'l',
  train: 't',
  recognise: 'w',
  adapt: 'a',
  protocols: 'p',
  settings: 's',
} as const

export interface ShortcutActions {
  page: (index: number) => void
  list: () => void
  help: () => void
}

/** How long `g` waits for its second key, ms. */
const SECOND_KEY_MS = 1200

/** Whether a key press belongs to the page: nobody types a text, and no dialog or menu is open. */
export function isForPage(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false
  const target = event.target
  if (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable], [role="listbox"], [role="menu"]') !== null
  )
    return false
  return document.querySelector('[role="dialog"], [role="alertdialog"], [role="listbox"], [role="menu"]') === null
}

/** The shortcuts that work everywhere. Gives back how to stop listening. */
export function onShortcut({ page, list, help }: ShortcutActions): () => void {
  let afterG = -Infinity
  const listener = (event: KeyboardEvent): void => {
    if (event.key === 'F1') {
      event.preventDefault()
      return help()
    }
    if (event.altKey && !event.ctrlKey && !event.metaKey) {
      const index = Number(event.code.replace('Digit', '')) - 1
      if (PAGES[index] === undefined) return
      event.preventDefault()
      return page(index)
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !isForPage(event)) return
    if (event.key === '?') return list()
    if (event.key === 'g') {
      afterG = event.timeStamp
      return
    }
    if (event.timeStamp - afterG > SECOND_KEY_MS) return
    afterG = -Infinity
    const index = PAGES.findIndex((name) => PAGE_KEYS[name] === event.key)
    if (index < 0) return
    event.preventDefault()
    event.stopImmediatePropagation()
    page(index)
  }
  // Capture: `g r` must not reach a page that has a use for `r` alone.
  window.addEventListener('keydown', listener, true)
  return () => window.removeEventListener('keydown', listener, true)
}

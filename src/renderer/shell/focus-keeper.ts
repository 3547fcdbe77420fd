/** Where Tab stops. */
const STOPS = 'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex]'
/** What belongs together, from the smallest on: who loses one stop in it goes on at the next. */
const GROUPS = 'li, tr, tbody, ul, ol, fieldset, form, section, article, [role="group"], [role="dialog"], [role="alertdialog"], main'

/** Where the focus was: the element, and its place among the stops of each group that it is in. */
interface Held {
  element: HTMLElement
  groups: { group: Element; index: number }[]
}

/**
 * Keeps the focus from falling to nothing when what has it goes: a row that is deleted, a button that its own work
 * disables, a page that another one takes the place of. A disabled one gets it back once it can be used again; else the
 * one that took its place among its neighbours has it, or what `fallback` names. `forget` says that the neighbours belong
 * to a page that is left. Gives back how to stop as well.
 */
export function keepFocus(fallback: () => HTMLElement | undefined): { forget: () => void; stop: () => void } {
  let held: Held | null = null
  /** The same outside of dialogs: where to go on when one closes, and what it was opened from is gone. */
  let behind: Held | null = null
  let asked = 0

  const remember = (event: FocusEvent): void => {
    if (!(event.target instanceof HTMLElement)) return
    held = holdOn(event.target)
    if (event.target.closest('[role="dialog"], [role="alertdialog"]') === null) behind = held
  }
  /** A click beside everything takes the focus away because a person wants it. */
  const release = (event: PointerEvent): void => {
    if (event.target instanceof Element && event.target.closest(STOPS) === null) held = behind = null
  }
  // After the next frame: whoever takes the focus elsewhere has done so by then, such as a dialog that closes.
  const look = (): void => {
    if (held === null || document.activeElement !== document.body) return
    cancelAnimationFrame(asked)
    asked = requestAnimationFrame(() => {
      if (held === null || document.activeElement !== document.body || !document.hasFocus()) return
      if (held.element.isConnected && held.element.matches(':disabled')) return
      const next = held.element.isConnected ? held.element : (successor(held) ?? (behind && successor(behind)) ?? fallback())
      next?.focus({ preventScroll: !held.element.isConnected })
    })
  }
  const observer = new MutationObserver(look)
  document.addEventListener('focusin', remember)
  document.addEventListener('pointerdown', release)
  observer.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] })
  return {
    forget: () => {
      const outside = (one: Held | null): Held | null => one && { element: one.element, groups: one.groups.filter(({ group }) => group.closest('main') === null) }
      held = outside(held)
      behind = outside(behind)
    },
    stop: () => {
      cancelAnimationFrame(asked)
      observer.disconnect()
      document.removeEventListener('focusin', remember)
      document.removeEventListener('pointerdown', release)
    },
  }
}

function holdOn(element: HTMLElement): Held {
  const groups: Held['groups'] = []
  for (let group = element.parentElement?.closest(GROUPS) ?? null; group !== null; group = group.parentElement?.closest(GROUPS) ?? null) {
    groups.push({ group, index: stopsIn(group).indexOf(element) })
  }
  return { element, groups }
}

/** The stop that stands where the lost one stood, in the smallest group that is still there. */
function successor({ element, groups }: Held): HTMLElement | undefined {
  if (element.isConnected && !element.matches(':disabled')) return element
  for (const { group, index } of groups) {
    if (!group.isConnected) continue
    const stops = stopsIn(group)
    if (stops.length > 0) return stops[Math.max(0, Math.min(index, stops.length - 1))]
  }
  return undefined
}

function stopsIn(group: Element): HTMLElement[] {
  return [...group.querySelectorAll<HTMLElement>(STOPS)].filter((stop) => stop.tabIndex >= 0 && stop.checkVisibility())
}

/** Where Tab stops. */
const STOPS =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), ' +
  'summary, [tabindex]'
/**
 * What is made of things of one kind: who loses one goes on at the next. Elsewhere a neighbour may do quite another
 * thing.
 */
const LISTS = 'ul, ol, tbody'
const DIALOGS = '[role="dialog"], [role="alertdialog"]'

/** Where the focus was: the element, its place among the stops of each list that it is in, and the dialog around it. */
interface Held {
  element: HTMLElement
  groups: { group: Element; index: number }[]
  dialog: HTMLElement | null
}

/**
 * Keeps the focus from falling to nothing when what has it goes: a row that is deleted, a button that its own work
 * disables, a page that another one takes the place of. A disabled one gets it back once it can be used again; of a
 * list, the one that took its place has it; else the dialog that it was in, or what `fallback` names, where the keys of
 * a page work. `forget` says that the lists belong to a page that is left. Gives back how to stop as well.
 */
export function keepFocus(fallback: () => HTMLElement | undefined): { forget: () => void; stop: () => void } {
  let held: Held | null = null
  /** The same outside of dialogs: where to go on when one closes, and what it was opened from is gone. */
  let behind: Held | null = null
  /** What has the focus no more because it cannot be used at the moment. */
  let disabled: HTMLElement | null = null
  let asked = 0

  const remember = (event: FocusEvent): void => {
    if (!(event.target instanceof HTMLElement)) return
    held = holdOn(event.target)
    if (event.target.closest(DIALOGS) === null) behind = held
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
      const { element } = held
      if (element.isConnected && element.matches(':disabled')) return void (disabled = element)
      // It is there and can be used: whoever took the focus from it meant to.
      if (element.isConnected && element !== disabled) return void (held = behind = null)
      const next = element.isConnected ? element : (successor(held) ?? (behind && successor(behind)) ?? fallback())
      disabled = null
      next?.focus({ preventScroll: !element.isConnected })
    })
  }
  const observer = new MutationObserver(look)
  document.addEventListener('focusin', remember)
  document.addEventListener('pointerdown', release)
  observer.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] })
  return {
    forget: () => {
      const outside = (one: Held | null): Held | null =>
        one && { ...one, groups: one.groups.filter(({ group }) => group.closest('main') === null) }
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
  for (
    let group = element.parentElement?.closest(LISTS) ?? null;
    group !== null;
    group = group.parentElement?.closest(LISTS) ?? null
  ) {
    groups.push({ group, index: stopsIn(group).indexOf(element) })
  }
  return { element, groups, dialog: element.closest<HTMLElement>(DIALOGS) }
}

/**
 * The stop that stands where the lost one stood, in the smallest list that is still there; else the dialog around it.
 */
function successor({ element, groups, dialog }: Held): HTMLElement | undefined {
  if (element.isConnected && !element.matches(':disabled')) return element
  for (const { group, index } of groups) {
    if (!group.isConnected) continue
    const stops = stopsIn(group)
    if (stops.length > 0) return stops[Math.max(0, Math.min(index, stops.length - 1))]
  }
  return dialog?.isConnected === true ? dialog : undefined
}

function stopsIn(group: Element): HTMLElement[] {
  return [...group.querySelectorAll<HTMLElement>(STOPS)].filter((stop) => stop.tabIndex >= 0 && stop.checkVisibility())
}

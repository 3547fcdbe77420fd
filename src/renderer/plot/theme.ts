/** Colours of the palette for canvases, which do not follow CSS by themselves. */
export type Ink = (
  name: 'ink' | 'muted' | 'line' | 'sunken' | 'warn' | 'trace-1' | 'trace-2' | 'trace-3' | 'trace-4',
) => string

/**
 * The palette as it is now; to be made anew after `onThemeChange`. Each colour is looked up once: live plots ask for
 * hundreds a frame.
 */
export function inkOf(element: Element): Ink {
  const style = getComputedStyle(element)
  const known = new Map<string, string>()
  return (name) => {
    const colour = known.get(name) ?? style.getPropertyValue(`--color-${name}`).trim()
    known.set(name, colour)
    return colour
  }
}

/** Calls when the window goes dark or light, with the system or because a person wants it. Gives back how to stop. */
export function onThemeChange(listener: () => void): () => void {
  const query = window.matchMedia('(prefers-color-scheme: dark)')
  const chosen = new MutationObserver(listener)
  query.addEventListener('change', listener)
  chosen.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  return () => {
    query.removeEventListener('change', listener)
    chosen.disconnect()
  }
}

const TRACES = ['trace-1', 'trace-2', 'trace-3', 'trace-4'] as const

/** The colour of the n-th trace of a lane. */
export function trace(index: number): (typeof TRACES)[number] {
  return TRACES[index % TRACES.length]!
}

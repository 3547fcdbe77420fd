/** The stretch of a recording that a plot shows, ms from its first frame. */
export interface View {
  from: number
  to: number
}

/** Nothing narrower than this can be shown, ms. */
export const NARROWEST_MS = 20

/**
 * Narrows (`factor` < 1) or widens the view about a time, which stays where it is on the screen; never beyond `all`.
 */
export function zoomed(view: View, all: View, factor: number, about: number): View {
  const width = Math.min(all.to - all.from, Math.max(NARROWEST_MS, (view.to - view.from) * factor))
  const share = (about - view.from) / (view.to - view.from)
  return within({ from: about - width * share, to: about + width * (1 - share) }, all)
}

/** Moves the view along, as far as `all` goes. */
export function panned(view: View, all: View, byMs: number): View {
  return within({ from: view.from + byMs, to: view.to + byMs }, all)
}

/** Moves the view just as far as is needed to see a time. */
export function showing(view: View, all: View, timeMs: number): View {
  if (timeMs >= view.from && timeMs <= view.to) return view
  const width = view.to - view.from
  const from = timeMs < view.from ? timeMs - width * 0.1 : timeMs - width * 0.9
  return within({ from, to: from + width }, all)
}

/** The view between two times, whichever comes first; null where they are too close to have been meant. */
export function between(one: number, other: number, all: View): View | null {
  const [from, to] = one < other ? [one, other] : [other, one]
  return to - from < NARROWEST_MS ? null : within({ from, to }, all)
}

function within(view: View, all: View): View {
  const width = Math.min(view.to - view.from, all.to - all.from)
  const from = Math.min(Math.max(view.from, all.from), all.to - width)
  return { from, to: from + width }
}

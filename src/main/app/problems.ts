import { errorShape, KalamosError } from '../../shared/errors.ts'
import type { Problem } from '../process/background.ts'
import type { Events } from '../process/events.ts'

/** Tells the windows what went wrong in the background, once of each kind: what comes again is in the log. */
export function problemReporter(events: Events): (problem: Problem) => void {
  const told = new Set<string>()
  return ({ area, doing, error }) => {
    const { code, message, hint } = errorShape(error)
    const kind = `${area} ${doing} ${code}`
    if (told.has(kind)) return
    told.add(kind)
    // A defect's own words are for the log, not for a person.
    const isMeant = error instanceof KalamosError
    events.emit('system.problem', {
      area,
      code,
      message: isMeant ? message : null,
      hint: isMeant ? (hint ?? null) : null,
    })
  }
}

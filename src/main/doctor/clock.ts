import type { Finding } from '../../shared/api/system.ts'

/** This version of Kalamos was made after that day, so that no right clock shows an earlier one. */
const MADE = Date.parse('2026-11-01T00:00:00Z')
/** Clocks of machines that are set right differ by less; time zones do not matter. */
const TOLERANCE_MS = 10 * 60_000

/**
 * Whether the machine's clock can be right. Recordings carry its time, and their order by time is how they are found.
 * `newestSession` is when the latest session of the database began, in ms since 1970, null where there is none.
 */
export function examineClock(newestSession: number | null, now: number = Date.now()): Finding {
  const found = { topic: 'runtime', name: 'Clock', detail: asRead(now) } as const
  if (now < MADE)
    return {
      ...found,
      ok: false,
      detail: `${found.detail}, which is before this version of Kalamos was made`,
      hint: SET,
    }
  if (newestSession !== null && newestSession > now + TOLERANCE_MS) {
    return {
      ...found,
      ok: false,
      detail: `${found.detail}, but the latest session began on ${asRead(newestSession)}`,
      hint: SET,
    }
  }
  return { ...found, ok: true, hint: null }
}

/** In the machine's own time, with where that is: what the clock on its screen says. */
function asRead(at: number): string {
  const date = new Date(at)
  const two = (value: number): string => String(value).padStart(2, '0')
  const zone = -date.getTimezoneOffset()
  const offset = `UTC${zone < 0 ? '-' : '+'}${two(Math.floor(Math.abs(zone) / 60))}:${two(Math.abs(zone) % 60)}`
  return (
    `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ` +
    `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())} (${offset})`
  )
}

const SET = 'Set the clock of this machine: recordings carry its time, and new ones would come before older ones.'

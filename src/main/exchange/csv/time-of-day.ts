/**
 * A time of day with or without its date, as spreadsheets and loggers write them; cells are short, and each part is
 * matched once.
 */
const CLOCK =
  /^(?:(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[ T]|(\d{1,2})\.(\d{1,2})\.(\d{4}) )?(\d{1,2}):(\d{2}):(\d{2})(?:[.,:](\d{1,9}))?(Z|[+-]\d{2}:?\d{2})?$/
const LONGEST = 48
const DAY_MICROS = 86_400e6

/**
 * Microseconds since 1970 where there is a date, else since midnight; undefined for what is no time. Without a zone the
 * clock is taken as it stands: in a recording only differences count.
 */
export function clockMicros(cell: string): number | undefined {
  const parts = cell.length > LONGEST ? null : CLOCK.exec(cell)
  if (parts === null) return undefined
  const [, year = parts[6], month = parts[5], day = parts[4]] = parts
  const [hours, minutes, seconds] = [Number(parts[7]), Number(parts[8]), Number(parts[9])]
  if (hours > 23 || minutes > 59 || seconds > 60) return undefined
  const date = year === undefined ? 0 : Date.UTC(Number(year), Number(month) - 1, Number(day))
  const fraction = Number(`0.${parts[10] ?? '0'}`)
  return (
    date * 1000 + ((hours * 60 + minutes) * 60 + seconds - zoneSeconds(parts[11])) * 1e6 + Math.round(fraction * 1e6)
  )
}

function zoneSeconds(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0
  const digits = zone.slice(1).replace(':', '')
  const seconds = (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * 60
  return zone.startsWith('-') ? -seconds : seconds
}

/** Goes on with a clock of the day where it begins anew: nothing else runs back by more than half a day. */
export class Midnights {
  #last = -Infinity
  #added = 0

  past(micros: number): number {
    if (micros + this.#added < this.#last - DAY_MICROS / 2) this.#added += DAY_MICROS
    return (this.#last = micros + this.#added)
  }
}

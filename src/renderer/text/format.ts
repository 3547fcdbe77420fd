import { spoken } from './language.svelte.ts'

/** Numbers, times and spans as a person reads them, in the language that is spoken now. */

interface Formats {
  whole: Intl.NumberFormat
  clock: Intl.DateTimeFormat
  moment: Intl.DateTimeFormat
  exact: Intl.DateTimeFormat
  day: Intl.DateTimeFormat
}

const known = new Map<string, Formats>()

function formats(): Formats {
  const { locale } = spoken
  const found = known.get(locale) ?? {
    whole: new Intl.NumberFormat(locale),
    clock: new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }),
    moment: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }),
    exact: new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'medium' }),
    day: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' }),
  }
  known.set(locale, found)
  return found
}

export function integer(value: number): string {
  return formats().whole.format(value)
}

export function decimal(value: number, digits = 1): string {
  return value.toLocaleString(spoken.locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** A number with no more digits than it has, such as a tick of an axis. */
export function figure(value: number): string {
  return value.toLocaleString(spoken.locale)
}

/** A share from 0 to 1, in percent. NaN and null are things not measured. */
export function percent(share: number | null, digits = 1): string {
  return share === null || Number.isNaN(share) ? '–' : `${decimal(share * 100, digits)} %`
}

/** Four digits of a quantity, whatever its size. */
export function quantity(value: number): string {
  const magnitude = Math.abs(value)
  return decimal(value, magnitude >= 100 ? 0 : magnitude >= 10 ? 1 : 2)
}

export function timeOfDay(at: number): string {
  return formats().clock.format(at)
}

export function dateTime(at: number): string {
  return formats().moment.format(at)
}

/** A moment to the second, short enough for a list. */
export function exactly(at: number): string {
  return formats().exact.format(at)
}

/** A day without its year, such as 22 November. */
export function day(at: number): string {
  return formats().day.format(at)
}

/** A short span, such as that of a word. */
export function span(ms: number): string {
  return ms < 1000 ? `${integer(Math.round(ms))} ms` : `${decimal(ms / 1000, ms < 10_000 ? 2 : 1)} s`
}

/** A long span, such as that of a training. */
export function duration(seconds: number): string {
  const s = Math.round(seconds)
  if (s < 60) return `${s} s`
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`
  if (s >= 360_000) return `${integer(Math.floor(s / 3600))} h`
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`
}

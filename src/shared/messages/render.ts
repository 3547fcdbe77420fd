import type { Message, Value } from './message.ts'

/**
 * The texts of one language by code. What varies stands in braces, by name:
 * `{name}` is a text, a message, several of them (parted by commas; by semicolons as `{name:;}`), or a number as it is;
 * `{count:grouped}` parts thousands, `{value:3}` has three significant digits, `{value:.2}` two decimals;
 * `{count:recording|recordings}` is the form that goes with the number, in the order of CLDR's plural categories.
 */
export type Catalogue = Readonly<Record<string, string>>

/** The same texts in another language: a text for every code, and no other. */
export type Translation<Texts extends Catalogue> = { readonly [Code in keyof Texts]: string }

const PLACE = /\{(\w+)(?::([^}]*))?\}/g

/** The names of what varies in a text. */
export function placesOf(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(PLACE), ([, name]) => name!))].sort()
}

/**
 * Gives what turns messages into texts of a language; `locale` is for numbers, such as `de-AT`; `textual` turns a text
 * that stands in a message.
 */
export function renderer(
  catalogue: Catalogue,
  locale: string,
  textual = (text: string): string => text,
): (message: Message) => string {
  const plain = new Intl.NumberFormat(locale, { useGrouping: false, maximumFractionDigits: 20 })
  const grouped = new Intl.NumberFormat(locale, { maximumFractionDigits: 20 })
  const plural = new Intl.PluralRules(locale)
  const forms = plural.resolvedOptions().pluralCategories

  function render({ code, values }: Message): string {
    const text = Object.hasOwn(catalogue, code) ? catalogue[code]! : null
    // What another version of Kalamos said: its code, and what varies, are better than nothing.
    if (text === null) return [code, ...Object.values(values).map((value) => one(value, ''))].join(' ')
    return text.replace(PLACE, (place, name: string, format: string | undefined) =>
      Object.hasOwn(values, name) ? one(values[name]!, format ?? '') : place,
    )
  }

  function one(value: Value, format: string): string {
    if (typeof value === 'string') return textual(value)
    if (typeof value === 'number') return figure(value, format)
    return 'code' in value ? render(value) : value.map((each) => one(each, format)).join(format === ';' ? '; ' : ', ')
  }

  function figure(value: number, format: string): string {
    if (format.includes('|')) {
      const of = format.split('|')
      return of[forms.indexOf(plural.select(value))] ?? of.at(-1)!
    }
    if (!Number.isFinite(value)) return String(value)
    if (format === 'grouped') return grouped.format(value)
    if (format.startsWith('.')) {
      const digits = Number(format.slice(1))
      return value.toLocaleString(locale, {
        useGrouping: false,
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      })
    }
    return format === ''
      ? plain.format(value)
      : value.toLocaleString(locale, { maximumSignificantDigits: Number(format) })
  }

  return render
}

/**
 * Elements of the XML in the headers of streams, by their names. Files of others hold what they like there: a search
 * goes through the text once, whatever is in it.
 */

/** The text of the first element of a name; undefined where there is none that ends. */
export function elementText(xml: string, name: string): string | undefined {
  const { value } = elementTexts(xml, name).next()
  return value ?? undefined
}

/** The texts of all elements of a name, in their order. */
export function* elementTexts(xml: string, name: string): Generator<string, undefined> {
  const [open, close] = [`<${name}>`, `</${name}>`]
  for (let from = xml.indexOf(open); from !== -1; from = xml.indexOf(open, from)) {
    const start = from + open.length
    const end = xml.indexOf(close, start)
    if (end === -1) return
    yield xml.slice(start, end)
    from = end + close.length
  }
}

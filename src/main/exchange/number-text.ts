/**
 * A float32 as the shortest of its decimal forms that reads back to the same bits.
 * Nine digits always do: the error of the ninth is far from half a step of a float32.
 */
export function float32Text(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity'
  if (Object.is(value, -0)) return '-0'
  if (Number.isInteger(value)) return String(value)
  for (let digits = 6; digits <= 8; digits++) {
    const text = String(Number(value.toPrecision(digits)))
    if (Math.fround(Number(text)) === value) return text
  }
  const nine = String(Number(value.toPrecision(9)))
  return Math.fround(Number(nine)) === value ? nine : String(value)
}

/** A double as text that reads back to the same bits; not finite ones as in JavaScript and Python. */
export function float64Text(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}

/** Reads what the two above write, and nothing else; undefined for what is no number. */
export function parseNumber(text: string): number | undefined {
  if (/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text)
  switch (text.toLowerCase()) {
    case 'nan':
      return NaN
    case 'inf':
    case 'infinity':
    case '+inf':
      return Infinity
    case '-inf':
    case '-infinity':
      return -Infinity
    default:
      return undefined
  }
}

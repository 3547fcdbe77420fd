/** What `calibration.txt` of a DigiPen holds: `key:value` lines. Keys that nobody knows are kept. */
export interface Calibration {
  numbers: ReadonlyMap<string, number>
  /** Every line as it was. */
  entries: readonly (readonly [string, string])[]
}

export const NO_CALIBRATION: Calibration = { numbers: new Map(), entries: [] }

/**
 * Known keys: scale and bias of the magnetometer, bias of the gyroscope. A scale of zero is left out: it would make
 * every value infinite.
 */
export function parseCalibration(text: string): Calibration {
  const entries = text.split(/\r\n|[\n\r]/).flatMap((line): [string, string][] => {
    const colon = line.indexOf(':')
    return colon < 1 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]]
  })
  return calibrationOf(entries)
}

export function calibrationOf(entries: readonly (readonly [string, string])[]): Calibration {
  const numbers = entries.map(([key, value]): [string, number] => [key, Number(value)])
  return {
    entries,
    numbers: new Map(
      numbers.filter(([key, value]) => Number.isFinite(value) && !(value === 0 && /^sm[xyz]$/.test(key))),
    ),
  }
}

export function calibrationText({ entries }: Calibration): string {
  return entries.map(([key, value]) => `${key}:${value}\n`).join('')
}

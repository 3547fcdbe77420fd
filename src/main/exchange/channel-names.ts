import { UNITS, type Channel, type Unit } from '../../shared/signal.ts'

/** Units that files use, and what they are in ours: `value * scale`. */
const FOREIGN: Record<string, { unit: Unit; scale: number }> = {
  mg: { unit: 'g', scale: 1e-3 },
  'm/s^2': { unit: 'g', scale: 1 / 9.80665 },
  'm/s2': { unit: 'g', scale: 1 / 9.80665 },
  'm/s²': { unit: 'g', scale: 1 / 9.80665 },
  dps: { unit: 'deg/s', scale: 1 },
  '°/s': { unit: 'deg/s', scale: 1 },
  'rad/s': { unit: 'deg/s', scale: 180 / Math.PI },
  µT: { unit: 'uT', scale: 1 },
  μT: { unit: 'uT', scale: 1 },
  mT: { unit: 'uT', scale: 1e3 },
  gauss: { unit: 'uT', scale: 100 },
  mN: { unit: 'N', scale: 1e-3 },
  counts: { unit: 'count', scale: 1 },
  raw: { unit: 'count', scale: 1 },
}

/** A channel of a file in the names and units of this app, with the factor to its unit; undefined for a unit that is none of a pen's. */
export function channelOf(name: string, unit: string): { channel: Channel; scale: number } | undefined {
  const known = (UNITS as readonly string[]).includes(unit) ? { unit: unit as Unit, scale: 1 } : FOREIGN[unit]
  const converter = /^adc\d*$/.test(unit) ? { unit: 'count' as const, scale: 1 } : undefined
  const meaning = known ?? converter
  if (meaning === undefined) return undefined
  return { channel: { name: ownName(name), unit: meaning.unit }, scale: meaning.scale }
}

/** A lone accelerometer is the first one. */
function ownName(name: string): string {
  return name.replace(/^(acc|accel|accelerometer)_(?=[xyz]$)/, 'acc1_').replace(/^gyr_(?=[xyz]$)/, 'gyro_')
}

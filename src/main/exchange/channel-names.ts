import { UNITS, type Channel, type Unit } from '../../shared/signal.ts'

const METRES = { unit: 'g', scale: 1 / 9.80665 } as const
const RADIANS = { unit: 'deg/s', scale: 180 / Math.PI } as const

/** Units that files use, in the spelling of `spelled`, and what they are in ours: `value * scale`. */
const FOREIGN: Record<string, { unit: Unit; scale: number }> = {
  mg: { unit: 'g', scale: 1e-3 },
  'm/s2': METRES,
  'm/s/s': METRES,
  'ms-2': METRES,
  dps: { unit: 'deg/s', scale: 1 },
  'deg/s': { unit: 'deg/s', scale: 1 },
  'degs-1': { unit: 'deg/s', scale: 1 },
  mdps: { unit: 'deg/s', scale: 1e-3 },
  'rad/s': RADIANS,
  'rads-1': RADIANS,
  ut: { unit: 'uT', scale: 1 },
  mt: { unit: 'uT', scale: 1e3 },
  nt: { unit: 'uT', scale: 1e-3 },
  gauss: { unit: 'uT', scale: 100 },
  mgauss: { unit: 'uT', scale: 0.1 },
  n: { unit: 'N', scale: 1 },
  mn: { unit: 'N', scale: 1e-3 },
  count: { unit: 'count', scale: 1 },
  counts: { unit: 'count', scale: 1 },
  raw: { unit: 'count', scale: 1 },
  lsb: { unit: 'count', scale: 1 },
  adc: { unit: 'count', scale: 1 },
}

/**
 * A channel of a file in the names and units of this app, with the factor to its unit; undefined for a unit that is
 * none of a pen's.
 */
export function channelOf(name: string, unit: string): { channel: Channel; scale: number } | undefined {
  const channel = ownName(name)
  const known = (UNITS as readonly string[]).includes(unit)
    ? { unit: unit as Unit, scale: 1 }
    : meaningOf(spelled(unit), channel)
  return known === undefined ? undefined : { channel: { name: channel, unit: known.unit }, scale: known.scale }
}

function meaningOf(unit: string, channel: string): { unit: Unit; scale: number } | undefined {
  // The same letter is the gravity of an accelerometer and the Gauss of a magnetometer.
  if (channel.startsWith('mag') && (unit === 'g' || unit === 'mg')) return FOREIGN[unit === 'g' ? 'gauss' : 'mgauss']
  if (unit === 'g') return { unit: 'g', scale: 1 }
  if (/^adc\d*$/.test(unit)) return FOREIGN['adc']
  return Object.hasOwn(FOREIGN, unit) ? FOREIGN[unit] : undefined
}

/** One spelling for the many of a unit: (G), [m s^-2], m/s², m/sec/sec, °/sec, degrees/second, µT. */
function spelled(unit: string): string {
  return unit
    .toLowerCase()
    .replace(/[µμ]/g, 'u')
    .replace(/°|degrees|degree/g, 'deg')
    .replace(/radians|radian/g, 'rad')
    .replace(/seconds|second|secs|sec/g, 's')
    .replace(/[⁻−]/g, '-')
    .replace(/¹/g, '1')
    .replace(/²/g, '2')
    .replace(/[ ^*.·_]/g, '')
}

/** A lone accelerometer is the first one. */
function ownName(name: string): string {
  return name.replace(/^(acc|accel|accelerometer)_(?=[xyz]$)/, 'acc1_').replace(/^gyr_(?=[xyz]$)/, 'gyro_')
}

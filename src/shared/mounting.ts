import type { DeviceProfile, LongAxis, Mixing } from './api/devices.ts'

/** Rows that bring the axis of a board to z by a turn alone, so that no hand becomes its mirror image. */
const TO_Z: Record<'x' | 'y' | 'z', readonly number[]> = {
  x: [0, 1, 0, 0, 0, 1, 1, 0, 0],
  y: [0, 0, 1, 1, 0, 0, 0, 1, 0],
  z: [1, 0, 0, 0, 1, 0, 0, 0, 1],
}

/**
 * The turn, row by row, from the axes of a board to those of the pen: z along the pen, from its tip to its end. Where x
 * and y come to lie follows from the board; taking the roll out makes them the same.
 */
export function mountingOf(axis: LongAxis): number[] {
  const upward = axis.replace('-', '') as 'x' | 'y' | 'z'
  return TO_Z[upward].map((value, at) => (axis.startsWith('-') && at >= 3 ? 0 - value : value))
}

/**
 * All that is done to the sensors of three axes among the channels after bias and scale, in this order: the
 * calibration, then the mounting.
 */
export function mixingsOf(
  { mixing = [], longAxis = 'z' }: Pick<DeviceProfile, 'mixing' | 'longAxis'>,
  channels: readonly { name: string }[],
): Mixing[] {
  if (longAxis === 'z') return mixing
  const names = channels.map(({ name }) => name)
  const sensors = names.filter((name) => name.endsWith('_x')).map((name) => name.slice(0, -2))
  const whole = sensors
    .map((sensor): Mixing['channels'] => [`${sensor}_x`, `${sensor}_y`, `${sensor}_z`])
    .filter((axes) => axes.every((axis) => names.includes(axis)))
  return [...mixing, ...whole.map((axes) => ({ channels: axes, matrix: mountingOf(longAxis) }))]
}

import type { DeviceProfile, ProfileChannel, Segmentation } from '../../../shared/api/devices.ts'
import { PEN_CHANNELS, type Unit } from '../../../shared/signal.ts'

const byMotion: Segmentation = { by: 'motion', threshold: 25, pauseMs: 500, minimumMs: 150 }

/**
 * Largest magnitudes of the DigiPen's sensors; those of magnetometer (2.4 mT) and force (5.32 N) are read as units that
 * its files do not state.
 */
const DIGIPEN_RANGES: Record<string, number> = { acc1: 2, acc2: 2, gyro: 1000, mag: 2400, force: 5.32 }

/** The kinds of device that come with the app. Thresholds and pauses are assumed defaults that a user can edit. */
export const BUILT_IN_PROFILES: readonly DeviceProfile[] = [
  penFrame(),
  ximu3('ximu3', 'x-io x-IMU3', 400, false),
  ximu3('ximu3-magnetometer', 'x-io x-IMU3 with magnetometer', 400, true),
  witMotion(),
  arduino(),
  icm20948(),
  peterpen(),
]

function penFrame(): DeviceProfile {
  return {
    id: 'pen-frame',
    name: 'Kalamos pen frame, 13 channels',
    codec: 'pen-frame',
    transport: 'serial',
    baudRate: 115_200,
    rateHz: 100,
    channels: PEN_CHANNELS.map(({ name, unit }) => inUnits(name, unit, DIGIPEN_RANGES[name.split('_')[0]!] ?? null)),
    segmentation: { by: 'force', threshold: 0.15, pauseMs: 500, minimumMs: 100 },
    builtIn: true,
  }
}

function ximu3(id: string, name: string, rateHz: number, magnetometer: boolean): DeviceProfile {
  return {
    id,
    name,
    codec: 'ximu3',
    transport: 'serial',
    baudRate: 115_200,
    rateHz,
    channels: [
      ...axes('acc1').map((axis) => inUnits(axis, 'g', 16)),
      ...axes('gyro').map((axis) => inUnits(axis, 'deg/s', 2000)),
      ...(magnetometer ? axes('mag').map((axis) => inUnits(axis, 'count', null)) : []),
    ],
    segmentation: byMotion,
    builtIn: true,
  }
}

function witMotion(): DeviceProfile {
  const counts = (name: string, unit: Unit, range: number): ProfileChannel => ({
    name,
    unit,
    bias: 0,
    scale: range / 32_768,
    range,
  })
  return {
    id: 'wt901',
    name: 'WitMotion WT901',
    codec: 'witmotion',
    transport: 'serial',
    baudRate: 9600,
    rateHz: 10,
    channels: [
      ...axes('acc1').map((axis) => counts(axis, 'g', 16)),
      ...axes('gyro').map((axis) => counts(axis, 'deg/s', 2000)),
    ],
    segmentation: byMotion,
    builtIn: true,
  }
}

function arduino(): DeviceProfile {
  return {
    id: 'arduino-nano33',
    name: 'Arduino Nano 33 BLE (IMU_Capture)',
    codec: 'arduino',
    transport: 'serial',
    baudRate: 9600,
    rateHz: 119,
    channels: [
      ...axes('acc1').map((axis) => inUnits(axis, 'g', 4)),
      ...axes('gyro').map((axis) => inUnits(axis, 'deg/s', 2000)),
    ],
    segmentation: byMotion,
    builtIn: true,
  }
}

/** The pen of the recorded digits; over a port it speaks x-IMU3. */
function icm20948(): DeviceProfile {
  return {
    id: 'icm20948-pen',
    name: 'ICM-20948 pen, 6 channels, 30 Hz',
    codec: 'ximu3',
    transport: 'serial',
    baudRate: 115_200,
    rateHz: 30,
    channels: [
      ...axes('acc1').map((axis) => inUnits(axis, 'g', 4)),
      ...axes('gyro').map((axis) => inUnits(axis, 'deg/s', 500)),
    ],
    segmentation: { by: 'motion', threshold: 8, pauseMs: 500, minimumMs: 150 },
    builtIn: true,
  }
}

/** A pen with tip force and two gyroscope axes; over a port it speaks pen frames. Force is the raw 10-bit converter. */
function peterpen(): DeviceProfile {
  return {
    id: 'peterpen',
    name: 'PeterPen, 6 channels with force',
    codec: 'pen-frame',
    transport: 'serial',
    baudRate: 115_200,
    rateHz: 100,
    channels: [
      ...axes('acc1').map((axis) => inUnits(axis, 'g', null)),
      inUnits('force', 'count', 1023),
      inUnits('gyro_x', 'deg/s', 250),
      inUnits('gyro_y', 'deg/s', 250),
    ],
    segmentation: { by: 'force', threshold: 350, pauseMs: 2000, minimumMs: 50 },
    builtIn: true,
  }
}

function axes(sensor: string): string[] {
  return ['x', 'y', 'z'].map((axis) => `${sensor}_${axis}`)
}

/** A channel whose codec already gives the unit. */
function inUnits(name: string, unit: Unit, range: number | null): ProfileChannel {
  return { name, unit, bias: 0, scale: 1, range }
}

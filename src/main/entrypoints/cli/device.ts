import type { Api } from '../../../shared/api.ts'
import type { Device } from '../../../shared/api/devices.ts'
import { KalamosError } from '../../../shared/errors.ts'
import { cancelling } from './cancelling.ts'

export const DEVICE_HELP = 'a device of the list, serial:<path>, replay:<file or session id>, or virtual:<seed>'

export interface DeviceChoice {
  device: string
  profile?: string
  /** Of a replay; 1 is real time. */
  speed?: number
}

/**
 * Opens the device that a person named; Ctrl-C (`signal`) leaves the file of a replay. Throws `not-found` with the
 * names there are.
 */
export async function openDevice(
  api: Api,
  { device: wanted, profile, speed = 1 }: DeviceChoice,
  signal: AbortSignal,
): Promise<Device> {
  const found = await findDevice(api, wanted, speed, signal)
  return api.request('devices.open', { deviceId: found, ...(profile === undefined ? {} : { profileId: profile }) })
}

/** The id of the device that a person named; replays and virtual pens are added by naming them. */
export async function findDevice(api: Api, wanted: string, speed: number, signal: AbortSignal): Promise<string> {
  const [kind, rest] = split(wanted)
  if (kind === 'replay' && rest !== '') return (await addReplay(api, rest, speed, signal)).id
  if (kind === 'virtual' && /^\d+$/.test(rest))
    return (await api.request('devices.addVirtual', { seed: Number(rest), handedness: 'any' })).id
  const devices = await api.request('devices.scan', {})
  const matches = devices.filter((device) => device.id === wanted || device.detail === wanted || device.name === wanted)
  if (matches.length === 1) return matches[0]!.id
  if (kind === 'serial' && rest !== '') return wanted
  const names = devices.map((device) => device.id).join(', ') || 'none'
  throw new KalamosError(
    'not-found',
    matches.length > 1 ? `${matches.length} devices are called ${wanted}.` : `There is no device ${wanted}.`,
    `Name it by its id. Found here: ${names}. A recording can be played with replay:<file>.`,
  )
}

/** Adds a replay of a file or stored session. Ctrl-C leaves its file. */
export function addReplay(api: Api, source: string, speed: number, signal: AbortSignal): Promise<Device> {
  return cancelling(
    signal,
    () => api.request('devices.cancelReplay', {}),
    () => api.request('devices.addReplay', { source: sourceOf(source), speed }),
  )
}

/** Digits name a stored session, anything else a file. */
function sourceOf(text: string): { from: 'session'; sessionId: number } | { from: 'file'; path: string } {
  return /^\d+$/.test(text) ? { from: 'session', sessionId: Number(text) } : { from: 'file', path: text }
}

/** Calls back once a device has come to its end: a replay that was played, a pen that failed. */
export function onDeviceEnd(api: Api, deviceId: string, ended: (device: Device | undefined) => void): () => void {
  let isOver = false
  const stop = api.on('devices.changed', (devices) => {
    const device = devices.find(({ id }) => id === deviceId)
    if (isOver || (device && device.state !== 'available' && device.state !== 'failed')) return
    isOver = true
    ended(device)
  })
  return stop
}

function split(text: string): [string, string] {
  const colon = text.indexOf(':')
  return colon === -1 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)]
}

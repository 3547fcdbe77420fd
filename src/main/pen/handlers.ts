import type { Handlers } from '../../shared/api.ts'
import type { DeviceHub } from './hub.ts'
import type { ProfileBook } from './profile.ts'

/** The pen's part of the contract. `scanWhileHeard` keeps the list fresh. */
export function penHandlers(deps: { hub: DeviceHub; profiles: ProfileBook }) {
  const { hub, profiles } = deps
  return {
    'devices.list': () => hub.list(),
    'devices.scan': () => hub.scan(),
    'devices.open': ({ deviceId, profileId }) => hub.open(deviceId, profileId),
    'devices.close': async ({ deviceId }) => {
      await hub.close(deviceId)
      return {}
    },
    'devices.addReplay': ({ source, speed }) => hub.addReplay(source, speed),
    'devices.cancelReplay': () => {
      hub.cancelReplay()
      return {}
    },
    'devices.addVirtual': ({ seed, handedness }) => hub.addVirtual(seed, handedness),
    'devices.remove': async ({ deviceId }) => {
      await hub.remove(deviceId)
      return {}
    },
    'devices.writeText': ({ deviceId, text }) => ({ leftOut: hub.writeWhatItCan(deviceId, text) }),
    'profiles.list': () => profiles.list(),
    'profiles.save': (profile) => profiles.save(profile),
    'profiles.reset': ({ id }) => profiles.reset(id),
  } satisfies Partial<Handlers>
}

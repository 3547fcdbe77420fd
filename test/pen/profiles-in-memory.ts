import type { DeviceProfile } from '../../src/shared/api/devices.ts'
import type { ProfileStore } from '../../src/main/pen/profile.ts'

/** Profiles kept for the length of a test. */
export function profilesInMemory(): ProfileStore {
  const profiles = new Map<string, DeviceProfile>()
  return {
    list: () => [...profiles.values()],
    save: (profile) => void profiles.set(profile.id, profile),
    delete: (id) => void profiles.delete(id),
  }
}

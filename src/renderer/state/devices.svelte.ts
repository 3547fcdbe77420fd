import type { Api, Input } from '../../shared/api.ts'
import type { Device, DeviceProfile, LeftOut } from '../../shared/api/devices.ts'
import type { Topic } from './topic.ts'

/** Pens, and the profiles that say how to read them. */
export class Devices implements Topic {
  readonly #api: Api
  all = $state.raw<Device[]>([])
  profiles = $state.raw<DeviceProfile[]>([])
  loaded = $state(false)
  scanning = $state(false)

  readonly open = $derived(this.all.filter((device) => isOpen(device)))
  /** Pens that are there; one that was unplugged is awaited, and is not. */
  readonly connected = $derived(this.all.filter(({ state }) => state === 'streaming' || state === 'silent'))
  readonly away = $derived(this.all.filter(({ state }) => state === 'lost'))
  readonly streaming = $derived(this.all.filter((device) => device.state === 'streaming'))

  constructor(api: Api) {
    this.#api = api
  }

  async refresh(): Promise<void> {
    const [all, profiles] = await Promise.all([
      this.#api.request('devices.list', {}),
      this.#api.request('profiles.list', {}),
    ])
    this.all = all
    this.profiles = profiles
    this.loaded = true
  }

  listen(): () => void {
    return this.#api.on('devices.changed', (all) => (this.all = all))
  }

  byId(id: string | null): Device | undefined {
    return this.all.find((device) => device.id === id)
  }

  profileOf(device: Device): DeviceProfile | undefined {
    return this.profiles.find((profile) => profile.id === device.profileId)
  }

  async scan(): Promise<void> {
    this.scanning = true
    try {
      this.all = await this.#api.request('devices.scan', {})
    } finally {
      this.scanning = false
    }
  }

  async connect(deviceId: string, profileId?: string): Promise<Device> {
    return this.#put(
      await this.#api.request('devices.open', { deviceId, ...(profileId === undefined ? {} : { profileId }) }),
    )
  }

  async disconnect(deviceId: string): Promise<void> {
    await this.#api.request('devices.close', { deviceId })
  }

  async addVirtual(input: Input<'devices.addVirtual'>): Promise<Device> {
    return this.#put(await this.#api.request('devices.addVirtual', input))
  }

  async addReplay(input: Input<'devices.addReplay'>): Promise<Device> {
    return this.#put(await this.#api.request('devices.addReplay', input))
  }

  /** Stops reading the file of a replay that is being added. */
  async cancelReplay(): Promise<void> {
    await this.#api.request('devices.cancelReplay', {})
  }

  async remove(deviceId: string): Promise<void> {
    await this.#api.request('devices.remove', { deviceId })
    this.all = this.all.filter((device) => device.id !== deviceId)
  }

  /** Lets a virtual pen write; gives back what it left out of each word. */
  async writeText(deviceId: string, text: string): Promise<LeftOut[]> {
    const { leftOut } = await this.#api.request('devices.writeText', { deviceId, text })
    return leftOut
  }

  async saveProfile(profile: DeviceProfile): Promise<void> {
    await this.#api.request('profiles.save', profile)
    this.profiles = await this.#api.request('profiles.list', {})
  }

  async resetProfile(id: string): Promise<void> {
    this.profiles = await this.#api.request('profiles.reset', { id })
  }

  #put(device: Device): Device {
    const known = this.all.some((one) => one.id === device.id)
    this.all = known ? this.all.map((one) => (one.id === device.id ? device : one)) : [...this.all, device]
    return device
  }
}

/** Whether somebody has opened the device and not closed it since, whatever became of it. */
export function isOpen(device: Device): boolean {
  return (
    device.state === 'opening' || device.state === 'streaming' || device.state === 'silent' || device.state === 'lost'
  )
}

import type { DeviceProfile } from '../../shared/api/devices.ts'
import { KalamosError } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'
import { mixingsOf } from '../../shared/mounting.ts'
import type { Channel } from '../../shared/signal.ts'
import { fixedColumns } from './codecs/index.ts'
import { BUILT_IN_PROFILES } from './profiles/built-in.ts'

/** Where profiles that the user edited are kept. */
export interface ProfileStore {
  list(): DeviceProfile[]
  save(profile: DeviceProfile): void
  delete(id: string): void
}

/** The built-in profiles with the user's own over and beside them. */
export class ProfileBook {
  readonly #store: ProfileStore

  constructor(store: ProfileStore) {
    this.#store = store
  }

  list(): DeviceProfile[] {
    const edited = new Map(this.#store.list().map((profile) => [profile.id, profile]))
    const builtIn = BUILT_IN_PROFILES.map((profile) => edited.get(profile.id) ?? profile)
    const own = [...edited.values()].filter((profile) => !isBuiltIn(profile.id))
    return [...builtIn, ...own].map((profile) => ({ ...profile, builtIn: isBuiltIn(profile.id) }))
  }

  /** Throws `not-found` naming the profiles there are. */
  get(id: string): DeviceProfile {
    const profiles = this.list()
    const profile = profiles.find((candidate) => candidate.id === id)
    if (profile) return profile
    throw new KalamosError(
      'not-found',
      say('pen.no-device-profile', { id }),
      say('pen.known-profiles', { profiles: profiles.map((known) => known.id).join(', ') }),
    )
  }

  /** Throws `invalid-input` where channels repeat or the codec cannot give them. */
  save(profile: DeviceProfile): DeviceProfile {
    checkProfile(profile)
    const saved = { ...profile, builtIn: isBuiltIn(profile.id) }
    this.#store.save(saved)
    return saved
  }

  /** Deletes a profile of the user's; a built-in one goes back to how it came. */
  reset(id: string): DeviceProfile[] {
    this.get(id)
    this.#store.delete(id)
    return this.list()
  }
}

function isBuiltIn(id: string): boolean {
  return BUILT_IN_PROFILES.some((profile) => profile.id === id)
}

function checkProfile(profile: DeviceProfile): void {
  const names = profile.channels.map((channel) => channel.name)
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated)
    throw new KalamosError(
      'invalid-input',
      say('pen.profile-channel-twice', { name: profile.name, repeated }),
      say('pen.give-each-channel-name'),
    )
  if (profile.channels.some((channel) => channel.scale === 0)) {
    throw new KalamosError(
      'invalid-input',
      say('pen.profile-channel-scale-0', { name: profile.name }),
      say('pen.remove-channel-give-units'),
    )
  }
  const columns = fixedColumns(profile.codec)
  if (columns === null) return
  const strange = names.filter((name) => !columns.includes(name))
  if (strange.length > 0) {
    throw new KalamosError(
      'invalid-input',
      say('pen.codec-no-channel', { codec: profile.codec, strange: strange.join(', ') }),
      say('pen.it-has', { layers: columns.join(', ') }),
    )
  }
}

/** How the columns of a codec become channels in units: `si = (value - bias) * scale`. */
export interface Calibration {
  channels: readonly Channel[]
  /** Column of each channel. */
  columns: Int32Array
  bias: Float64Array
  scale: Float64Array
  /** Positions of three channels among `channels`, and the matrix they are multiplied by. */
  mixing: readonly { at: readonly number[]; matrix: readonly number[] }[]
}

function mixingOf(profile: DeviceProfile, channels: readonly Channel[]): Calibration['mixing'] {
  return mixingsOf(profile, channels).flatMap(({ channels: names, matrix }) => {
    const at = names.map((name) => channels.findIndex((channel) => channel.name === name))
    return at.includes(-1) ? [] : [{ at, matrix }]
  })
}

/**
 * Fits a profile to the columns that really come.
 * A device that announces its channels is believed: all of them are kept, in its order, and the profile
 * corrects those it names in the same unit. Of other devices the profile's channels are taken, in the profile's order.
 * Throws `device-unsuitable` where a channel of the profile does not come.
 */
export function calibrate(profile: DeviceProfile, columns: readonly Channel[], announced: boolean): Calibration {
  const corrections = new Map(profile.channels.map((channel) => [channel.name, channel]))
  if (announced) {
    const known = columns.map(({ name, unit }) => {
      const correction = corrections.get(name)
      return correction?.unit === unit ? correction : undefined
    })
    return {
      channels: columns.map(({ name, unit }) => ({ name, unit })),
      columns: Int32Array.from(columns.keys()),
      bias: Float64Array.from(known, (channel) => channel?.bias ?? 0),
      scale: Float64Array.from(known, (channel) => channel?.scale ?? 1),
      mixing: mixingOf(profile, columns),
    }
  }
  const position = new Map(columns.map((column, index) => [column.name, index]))
  const missing = profile.channels.filter((channel) => !position.has(channel.name))
  if (missing.length > 0) {
    throw new KalamosError(
      'device-unsuitable',
      say('pen.device-sends-no-profile', {
        missing: missing.map((channel) => channel.name).join(', '),
        name: profile.name,
      }),
      say('pen.sends-choose-edit-profile', { columns: columns.map((column) => column.name).join(', ') }),
    )
  }
  return {
    channels: profile.channels.map(({ name, unit }) => ({ name, unit })),
    columns: Int32Array.from(profile.channels, (channel) => position.get(channel.name)!),
    bias: Float64Array.from(profile.channels, (channel) => channel.bias),
    scale: Float64Array.from(profile.channels, (channel) => channel.scale),
    mixing: mixingOf(profile, profile.channels),
  }
}

import type { DeviceProfile, ReplaySource } from '../../../shared/api/devices.ts'
import type { Signal } from '../../../shared/signal.ts'
import type { Said } from '../../../shared/messages/index.ts'

/** Recordings that can be played: all of one kind, so that they make one stream. */
export interface Replayable {
  name: string
  detail: Said
  /** What is known of the device they came from: the id of a profile, where there is one. */
  profileId: string | null
  signals: readonly Signal[]
  /** Whether any of it is a simulation. */
  virtual: boolean
}

/**
 * Loads what a replay device plays; `profiles` are those that the recordings' device may have. The pen knows neither
 * file formats nor the store, so whoever puts the app together supplies it.
 */
export type LoadReplay = (
  source: ReplaySource,
  profiles: readonly DeviceProfile[],
  signal: AbortSignal,
) => Promise<Replayable>

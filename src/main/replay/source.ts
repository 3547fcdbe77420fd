import type { DeviceProfile } from '../../shared/api/devices.ts'
import { KalamosError } from '../../shared/errors.ts'
import { english } from '../../shared/messages/index.ts'
import type { Signal } from '../../shared/signal.ts'
import { readEntries, type ReadingOptions } from '../exchange/reading/reading.ts'
import type { LoadReplay, Replayable } from '../pen/replay/replayable.ts'
import type { Fork } from '../process/fork.ts'

/** All that is played is in memory: of 13 channels at 100 Hz, some ten hours. */
const VALUES_MAX = 50_000_000

/** Stored recordings of a session, oldest first. Supplied by whoever has the store. */
export type SessionSource = (sessionId: number) => {
  name: string
  profileId: string | null
  signals: Signal[]
  virtual: boolean
}

export interface ReplayFrom {
  /** Without it, sessions are refused. */
  session?: SessionSource
  /** Starts the process that reads a file; a Node child process unless the shell has a way of its own. */
  fork?: Fork | undefined
}

/**
 * Gives what loads the recordings of replay devices. That throws `not-found`, `invalid-input` where lines do not fit or
 * channels or rate change in between, and `empty-recording` where there is nothing to play.
 */
export function replayFrom({ session, fork }: ReplayFrom = {}): LoadReplay {
  return async (source, profiles, signal) => {
    if (source.from === 'file') return uniform(await fromFile(source.path, profiles, { fork, signal }))
    if (!session)
      throw new KalamosError(
        'unavailable',
        'Stored sessions cannot be played without a database.',
        'Play a file instead.',
      )
    const { name, profileId, signals, virtual } = session(source.sessionId)
    return uniform({ name: `Replay of ${name}`, detail: `session ${source.sessionId}`, profileId, signals, virtual })
  }
}

async function fromFile(
  path: string,
  profiles: readonly DeviceProfile[],
  reading: ReadingOptions,
): Promise<Replayable> {
  const signals: Signal[] = []
  let [device, values, virtual]: [string | null, number, boolean] = [null, 0, false]
  for await (const entry of readEntries('ndjson', path, reading)) {
    if ('reason' in entry)
      throw new KalamosError(
        'invalid-input',
        `${path}, ${english(entry.where)}: ${english(entry.reason)}.`,
        'Correct or remove the line; replay needs sensor recordings.',
      )
    if ('note' in entry) continue
    device ??= entry.recording.session.device
    virtual ||= entry.recording.virtual
    values += entry.recording.signal.values.length
    if (values > VALUES_MAX)
      throw new KalamosError('invalid-input', `${path} holds more than can be played at a time.`, 'Play a part of it.')
    signals.push(entry.recording.signal)
  }
  const profile = profiles.find((candidate) => candidate.id === device)
  return {
    name: `Replay of ${path.split(/[\\/]/).at(-1) ?? path}`,
    detail: path,
    profileId: profile?.id ?? null,
    signals,
    virtual,
  }
}

function uniform(replay: Replayable): Replayable {
  const first = replay.signals[0]
  if (!first) throw new KalamosError('empty-recording', `${replay.detail} holds no recording.`, 'Choose another one.')
  const kind = (signal: Signal) =>
    `${signal.rateHz} Hz ${signal.channels.map((channel) => `${channel.name} ${channel.unit}`).join(', ')}`
  const other = replay.signals.findIndex((signal) => kind(signal) !== kind(first))
  if (other < 0) return replay
  throw new KalamosError(
    'invalid-input',
    `${replay.detail}: recording ${other + 1} has ${kind(replay.signals[other]!)}, the first one ${kind(first)}.`,
    'Play recordings of one kind of device at a time.',
  )
}

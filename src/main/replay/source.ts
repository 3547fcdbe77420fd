import type { DeviceProfile } from '../../shared/api/devices.ts'
import { KalamosError } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'
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
      throw new KalamosError('unavailable', say('pen.stored-sessions-cannot-played'), say('pen.play-file-instead'))
    const { name, profileId, signals, virtual } = session(source.sessionId)
    return uniform({
      name: `Replay of ${name}`,
      detail: say('pen.session', { sessionId: source.sessionId }),
      profileId,
      signals,
      virtual,
    })
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
        say('pen.text', { path, where: entry.where, reason: entry.reason }),
        say('pen.correct-remove-line-replay'),
      )
    if ('note' in entry) continue
    device ??= entry.recording.session.device
    virtual ||= entry.recording.virtual
    values += entry.recording.signal.values.length
    if (values > VALUES_MAX)
      throw new KalamosError('invalid-input', say('pen.holds-more-played-time', { path }), say('pen.play-part'))
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
  if (!first)
    throw new KalamosError(
      'empty-recording',
      say('exchange.holds-no-recording', { path: replay.detail }),
      say('general.choose-another'),
    )
  const kind = (signal: Signal) =>
    `${signal.rateHz} Hz ${signal.channels.map((channel) => `${channel.name} ${channel.unit}`).join(', ')}`
  const other = replay.signals.findIndex((signal) => kind(signal) !== kind(first))
  if (other < 0) return replay
  throw new KalamosError(
    'invalid-input',
    say('pen.recording-first', {
      detail: replay.detail,
      other: other + 1,
      kind: kind(replay.signals[other]!),
      kind2: kind(first),
    }),
    say('pen.play-recordings-kind-device'),
  )
}

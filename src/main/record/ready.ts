import type { Device, DeviceProfile } from '../../shared/api/devices.ts'
import type { Plan } from '../../shared/api/protocols.ts'
import type { Thresholds } from '../../shared/api/quality.ts'
import type { RecorderState, Session } from '../../shared/api/recordings.ts'
import { KalamosError } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'
import { planFor, planOfPrompts, type ProtocolLibrary } from '../protocol/index.ts'
import { DEFAULT_THRESHOLDS } from '../quality/index.ts'
import { WordStream, type Advance } from './word-stream.ts'

/** A session by a protocol, or by a plain list of prompts. */
export interface StartInput {
  deviceId: string
  writerId: number
  protocolId?: string | undefined
  prompts?: readonly string[] | undefined
  advance?: Advance | undefined
  surface?: string | undefined
  modelId?: number | undefined
}

/** What is known of a session before its first frame. */
export interface Ready {
  session: Session
  device: Device
  profile: DeviceProfile
  plan: Plan
  protocol: RecorderState['protocol']
  thresholds: Thresholds
  modelId: number | undefined
}

/** What is to be written, and how it is judged. Throws `not-found` (protocol), `invalid-input` (a prompt). */
export function planned(
  input: Pick<StartInput, 'protocolId' | 'prompts' | 'advance'>,
  library: ProtocolLibrary,
  writerName: string,
): Pick<Ready, 'plan' | 'protocol' | 'thresholds'> {
  if (input.protocolId !== undefined) {
    const { id, version, name, protocol } = library.get(input.protocolId)
    return { plan: planFor(protocol, writerName), protocol: { id, version, name }, thresholds: protocol.quality }
  }
  const prompts = input.prompts ?? []
  if (prompts.length === 0)
    throw new KalamosError('invalid-input', say('record.nothing-write-list-prompts'), say('record.choose-list-prompts'))
  const empty = prompts.findIndex((prompt) => prompt.trim() === '')
  if (empty !== -1)
    throw new KalamosError('invalid-input', say('record.prompt-empty', { empty: empty + 1 }), say('record.remove-list'))
  const plan = planOfPrompts(
    prompts.map((prompt) => prompt.normalize('NFC')),
    input.advance ?? 'pause',
  )
  return { plan, protocol: null, thresholds: DEFAULT_THRESHOLDS }
}

/** Known channels are tried before anything is stored: a pen without force or motion is refused here. */
export function tryStreams({ prompts }: Plan, device: Device, profile: DeviceProfile): void {
  if (device.channels.length === 0) return
  for (const advance of new Set(prompts.map((prompt) => prompt.advance))) {
    new WordStream(profile.segmentation, advance, device.channels, device.nominalRateHz ?? profile.rateHz)
  }
}

/**
 * One session is one pen with one calibration: only so do its recordings belong together. Throws `conflict` for another
 * one.
 */
export function refuseOtherPen(
  sessionId: number,
  began: { serial: string | null; profile: Partial<DeviceProfile> | null },
  device: Device,
  profile: DeviceProfile,
): void {
  if (began.serial !== null && device.serial !== undefined && device.serial !== began.serial) {
    throw new KalamosError(
      'conflict',
      say('record.session-began-pen-pen', {
        sessionId,
        serial: began.serial,
        name: device.name,
        serial2: device.serial,
      }),
      say('record.take-same-pen-start'),
    )
  }
  if (
    JSON.stringify([began.profile?.channels, began.profile?.mixing, began.profile?.longAxis]) !==
    JSON.stringify([profile.channels, profile.mixing, profile.longAxis])
  ) {
    throw new KalamosError(
      'conflict',
      say('record.session-began-another-profile', { sessionId, name: device.name }),
      say('record.open-same-profile-start'),
    )
  }
}

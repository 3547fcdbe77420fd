import { setTimeout as wait } from 'node:timers/promises'
import type { Device, DeviceProfile, Segmentation } from '../../shared/api/devices.ts'
import { KalamosError } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'
import type { FrameBlock } from '../../shared/signal.ts'
import { proposeSegmentation, type SegmentationProposal } from '../segment/index.ts'

/** The pens to listen to, as far as a calibration needs them. */
export interface CalibrationSource {
  get(deviceId: string): Device
  profile(deviceId: string): DeviceProfile | null
  frames(deviceId: string, listener: (block: FrameBlock) => void): () => void
}

/**
 * Listens to an open pen while somebody writes and then rests, and proposes how to cut its words. `pass` lets so many
 * milliseconds pass.
 * Throws `not-found`, `conflict` where the pen is closed, and what `proposeSegmentation` throws.
 */
export async function measureThresholds(
  pens: CalibrationSource,
  { deviceId, writeMs, restMs }: { deviceId: string; writeMs: number; restMs: number },
  pass: (ms: number) => Promise<unknown> = wait,
): Promise<SegmentationProposal & { now: Segmentation }> {
  const { name } = pens.get(deviceId)
  const profile = pens.profile(deviceId)
  if (!profile)
    throw new KalamosError('conflict', say('record.not-open', { name }), say('recognise.open-devices-page-calibrate'))
  const writing: FrameBlock[] = []
  const resting: FrameBlock[] = []
  let phase = writing
  const stop = pens.frames(deviceId, (block) => phase.push(block))
  try {
    await pass(writeMs)
    phase = resting
    await pass(restMs)
  } finally {
    stop()
  }
  const { channels, nominalRateHz } = pens.get(deviceId)
  // Who still lifts the pen when the rest begins has not been resting yet.
  const settled = resting.slice(Math.floor(resting.length * UNSETTLED))
  const proposal = proposeSegmentation(
    { writing, resting: settled },
    channels,
    nominalRateHz ?? profile.rateHz,
    profile.segmentation,
  )
  return { ...proposal, now: profile.segmentation }
}

/** Share of the rest that is not listened to. */
const UNSETTLED = 0.25

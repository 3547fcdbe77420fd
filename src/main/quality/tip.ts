import { KalamosError } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'
import { createActivity } from '../segment/activity.ts'
import type { Activity } from '../segment/types.ts'
import { below, type Check, type Evidence } from './evidence.ts'

/** Whether the tip touched the paper. A pen without a force channel is not asked. */
export const tipForce: Check = ({ signal, profile }, { tipDownShare }) => {
  const at = signal.channels.findIndex(({ name }) => name === 'force')
  if (at === -1) return null
  const force = Array.from({ length: signal.frames }, (_, frame) => signal.values[frame * signal.channels.length + at]!)
  if (profile?.segmentation.by !== 'force') {
    const still = force.every((value) => value === force[0])
    return still
      ? {
          code: 'no-force',
          level: 'redo',
          message: say('quality.tip-force-never-changes'),
        }
      : null
  }
  const { threshold } = profile.segmentation
  const down = force.filter((value) => value > threshold).length / signal.frames
  if (down === 0)
    return {
      code: 'no-force',
      level: 'redo',
      message: say('quality.tip-never-touches-paper', { threshold }),
    }
  const level = below(down, tipDownShare)
  return level && { code: 'little-force', level, message: say('quality.tip-down-only-time', { percent: 100 * down }) }
}

const CUT = {
  paper: {
    beginning: 'quality.on-paper-at-beginning',
    end: 'quality.on-paper-at-end',
    both: 'quality.on-paper-at-both-ends',
  },
  motion: {
    beginning: 'quality.in-motion-at-beginning',
    end: 'quality.in-motion-at-end',
    both: 'quality.in-motion-at-both-ends',
  },
} as const

/** Whether the pen was writing when the recording began or ended. */
export const cutAtAnEnd: Check = ({ signal, profile }) => {
  if (profile === null) return null
  const activity = activityOf(signal, profile)
  if (activity === null) return null
  const { by, threshold } = profile.segmentation
  const width = signal.channels.length
  // Gravity is learned from the first frames, so where only an accelerometer tells motion the beginning is always
  // still.
  const levels = Array.from({ length: signal.frames }, (_, frame) => activity(signal.values, frame * width))
  const [first, last] = [levels[0]! > threshold, levels.at(-1)! > threshold]
  if (!first && !last) return null
  // A hand moves before and after the tip does; a tip that is down at an end leaves no doubt.
  return {
    code: 'cut',
    level: by === 'force' ? 'redo' : 'check',
    message: say(CUT[by === 'force' ? 'paper' : 'motion'][first && last ? 'both' : first ? 'beginning' : 'end']),
  }
}

function activityOf(signal: Evidence['signal'], profile: NonNullable<Evidence['profile']>): Activity | null {
  try {
    return createActivity(profile.segmentation.by, signal.channels, signal.rateHz)
  } catch (error) {
    if (error instanceof KalamosError && error.code === 'device-unsuitable') return null
    throw error
  }
}

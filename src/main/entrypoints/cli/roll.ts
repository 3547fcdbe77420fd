import type { DoubtfulRolls, Model, Pose, RollDoubt, TrainingConfig } from '../../../shared/api/training.ts'

/** How a training is to deal with the pen's roll, as the command line says it. */
export type Roll = (typeof ROLLS)[number]
export const ROLLS = ['auto', 'roll-normalised', 'as-held'] as const

/** The field of a configuration that an option stands for; none for `auto`. */
export function poseNamed(roll: Roll): Pick<TrainingConfig, 'pose'> {
  if (roll === 'auto') return {}
  return { pose: roll === 'as-held' ? 'as held' : 'roll-normalised' }
}

export function poseSaid(pose: Pose | undefined): string {
  return pose === 'roll-normalised' ? 'roll-normalised' : 'as held'
}

const WHY: Record<RollDoubt, string> = {
  short: 'too short for movement to average out',
  fast: 'moved too much to tell gravity from movement',
  'no gravity': 'the mean acceleration is not 1 g (gain, or a sensor that leaves gravity out)',
  upright: 'the pen stood upright, so that gravity tells no roll',
  'upside down': 'the tip pointed up, or the long axis is the other way round',
}

/** A line for each reason why rolls of a training are doubtful. */
export function doubtsSaid({ doubtfulRolls = [] }: { doubtfulRolls?: DoubtfulRolls | undefined }): string[] {
  return doubtfulRolls.map(
    ({ why, recordings, first }) =>
      `${recordings} used with a doubtful roll: ${WHY[why]} (recording ` +
      `${first.join(', ')}${recordings > first.length ? ', …' : ''})`,
  )
}

/** How a trained model deals with rolls, and which recordings it could not tell them of. */
export function rollLines(model: Pick<Model, 'pose' | 'doubtfulRolls'>): string {
  return [`\nRoll of the pen: ${poseSaid(model.pose)}.`, ...doubtsSaid(model)].join('\n')
}

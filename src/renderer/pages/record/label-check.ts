import type { ModelChoice } from '../../../shared/api/adaptation.ts'
import type { DeviceKind } from '../../../shared/api/devices.ts'
import type { Model } from '../../../shared/api/training.ts'

/**
 * The model whose doubts about labels count unless somebody chooses another one: that which reads the writer, if it can
 * know the hand. One that has only ever seen virtual words would doubt what people write right, so it is asked of a
 * virtual pen alone.
 */
export function usualLabelChecker(
  { model, why }: Pick<ModelChoice, 'model' | 'why'>,
  pen: DeviceKind | undefined,
): Model | null {
  const isMeant = why === 'version' || why === 'chosen'
  return isMeant || pen === 'virtual' || model?.trainedOn.virtual === false ? model : null
}

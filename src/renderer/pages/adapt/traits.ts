import type { StyleEstimate } from '../../../shared/api/adaptation.ts'
import { decimal, integer, percent } from '../../text/format.ts'

/** Traits of a style with their units, which are the same in every language. */
export const TRAIT_TEXT: Record<StyleEstimate['traits'][number]['name'], (value: number) => string> = {
  'x-height': (mm) => `${decimal(mm)} mm`,
  slant: (degrees) => `${integer(Math.round(degrees))}°`,
  joining: (share) => percent(share, 0),
  force: (newtons) => `${decimal(newtons)} N`,
  lift: (seconds) => `${integer(Math.round(1000 * seconds))} ms`,
  altitude: (degrees) => `${integer(Math.round(degrees))}°`,
}

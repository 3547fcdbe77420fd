export type { Doubt, Evidence } from './evidence.ts'
export { DEFAULT_THRESHOLDS, judge, verdictOf } from './judge.ts'
export { labelCheckBy, doubtOf, type LabelChecker } from './doubt.ts'

export type { Doubt, Evidence } from './evidence.ts'
export { DEFAULT_THRESHOLDS, judge, verdictOf } from './judge.ts'
export { doubtBy, doubtOf, type Doubting } from './doubt.ts'

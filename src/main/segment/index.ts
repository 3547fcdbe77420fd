export { PauseEstimate, type LearnedGaps, type PauseSource } from './pauses.ts'
export { proposeSegmentation, type SegmentationProposal } from './propose.ts'
export { createSegmenter, type SegmentEvent, type Segmenter, type SegmenterOptions } from './segmenter.ts'

export { createSegmenter, type SegmentEvent, type Segmenter } from './segmenter.ts'

/** What is said of the signal of a recording. */
export const quality = {
  'quality.end-range-frames-clip': '{worst} is at the end of its range ({percent:3} % of the frames clip).',
  'quality.frames-come-hz-instead': 'Frames come at {measured:3} Hz instead of {nominal:3} Hz.',
  'quality.frames-lost': '{lost} of {frames} frames are lost ({percent:3} %).',
  'quality.gap-ms': 'There is a gap of {ms:3} ms.',
  'quality.in-motion-at-beginning': 'The pen is in motion at the beginning: the word is cut.',
  'quality.in-motion-at-both-ends': 'The pen is in motion at the beginning and the end: the word is cut.',
  'quality.in-motion-at-end': 'The pen is in motion at the end: the word is cut.',
  'quality.model-reads-instead-doubt': 'The model reads “{reads}” instead of “{label}” (doubt: {percent:3} %).',
  'quality.ms-letter-very-short': '{ms:3} ms a letter is very short for “{label}”.',
  'quality.on-paper-at-beginning': 'The pen is on the paper at the beginning: the word is cut.',
  'quality.on-paper-at-both-ends': 'The pen is on the paper at the beginning and the end: the word is cut.',
  'quality.on-paper-at-end': 'The pen is on the paper at the end: the word is cut.',
  'quality.pen-clock-out-line':
    "The pen's clock was out of line at {jumps} of {frames} frames; the times of their neighbours are used.",
  'quality.repeats-word-before': '{percent:3} % of it repeats the word before.',
  'quality.s-letter-very-long': '{seconds:3} s a letter is very long for “{label}”.',
  'quality.time-between-frames-varies': 'The time between frames varies by {varies:3} ms around {usual:3} ms.',
  'quality.tip-down-only-time': 'The tip is down for only {percent:3} % of the time.',
  'quality.tip-force-never-changes': 'The tip force never changes: its sensor is dead or not connected.',
  'quality.tip-never-touches-paper': 'The tip never touches the paper: the force stays below {threshold}.',
} as const

/** The colour of a word, as Tailwind must find it in the source. */
export const fills = [
  'fill-trace-1',
  'fill-trace-2',
  'fill-trace-3',
  'fill-trace-4',
  'fill-trace-5',
  'fill-trace-6',
  'fill-trace-7',
  'fill-trace-8',
] as const

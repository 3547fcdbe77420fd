/** What is said of importing and exporting, whatever the format. */
export const exchange = {
  'exchange.export': 'Export as one of {others}.',
  'exchange.holds-no-recording': '{path} holds no recording.',
} as const

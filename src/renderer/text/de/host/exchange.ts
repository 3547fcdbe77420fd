import type { exchange as english } from '../../../../shared/messages/en/exchange.ts'
import type { Translation } from '../../../../shared/messages/render.ts'

/** What is said of importing and exporting, whatever the format. */
export const exchange: Translation<typeof english> = {
  'exchange.export': 'Als eines davon exportieren: {others}.',
  'exchange.holds-no-recording': '{path} enthält keine Aufnahme.',
}

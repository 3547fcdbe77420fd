/**
 * Errors that a person can act on. The code is for programs, the message says what happened to which thing,
 * and the hint says the way out. Everything else that is thrown is a defect.
 */
export const ERROR_CODES = [
  'invalid-input',
  'not-found',
  'conflict',
  'device-busy',
  'device-gone',
  'device-denied',
  'device-silent',
  'device-unsuitable',
  'decode-failed',
  'database-newer',
  'database-damaged',
  'database-locked',
  'disk-full',
  'not-writable',
  'label-unfit',
  'empty-recording',
  'checkpoint-damaged',
  'backend-unavailable',
  'training-failed',
  'out-of-memory',
  'cancelled',
  'unauthorised',
  'unavailable',
  'internal',
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]

export class KalamosError extends Error {
  override readonly name = 'KalamosError'
  readonly code: ErrorCode
  readonly hint: string | undefined

  constructor(code: ErrorCode, message: string, hint?: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.hint = hint
  }
}

/** The form in which an error crosses a door. */
export interface ErrorShape {
  code: ErrorCode
  message: string
  hint?: string
}

/** An unknown thrown value as something that can be shown; defects keep their message under the code `internal`. */
export function errorShape(thrown: unknown): ErrorShape {
  if (thrown instanceof KalamosError) {
    return { code: thrown.code, message: thrown.message, ...(thrown.hint === undefined ? {} : { hint: thrown.hint }) }
  }
  return { code: 'internal', message: thrown instanceof Error ? thrown.message : String(thrown) }
}

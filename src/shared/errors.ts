import { english, isMessage, type Problem, type Said } from './messages/index.ts'

/**
 * Errors that a person can act on. The code is for programs, the message says what happened to which thing,
 * and the hint says the way out. Everything else that is thrown is a defect.
 */
export const ERROR_CODES = [
  'invalid-input',
  'not-utf8',
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
  /** The way out, in English as `message`. */
  readonly hint: string | undefined
  /** Both for every language. */
  readonly said: Said
  readonly wayOut: Said | undefined

  constructor(code: ErrorCode, said: Said, wayOut?: Said, options?: ErrorOptions) {
    super(english(said), options)
    this.code = code
    this.hint = wayOut && english(wayOut)
    this.said = said
    this.wayOut = wayOut
  }
}

/** The form in which an error crosses an entry point. */
export interface ErrorShape {
  code: ErrorCode
  message: Said
  hint?: Said
}

/**
 * An error that crossed an entry point, a thread or a process, as an error again. What came with it is taken for
 * messages only where it is some.
 */
export function asError({ code, message, hint }: ErrorShape): KalamosError {
  return new KalamosError(code, asSaid(message), hint === undefined ? undefined : asSaid(hint))
}

function asSaid(value: unknown): Said {
  return isMessage(value) ? value : typeof value === 'string' ? value : JSON.stringify(value)
}

/** What a thrown value says. */
export function saidBy(thrown: unknown): Said {
  return errorShape(thrown).message
}

/** A thrown value as what went wrong and the way out. */
export function problemOf(thrown: unknown): Problem {
  const { message, hint = '' } = errorShape(thrown)
  return { message, hint }
}

/** An unknown thrown value as something that can be shown; defects keep their message under the code `internal`. */
export function errorShape(thrown: unknown): ErrorShape {
  if (thrown instanceof KalamosError) {
    const { code, said, wayOut } = thrown
    return { code, message: said, ...(wayOut === undefined ? {} : { hint: wayOut }) }
  }
  if (!(thrown instanceof Error)) return { code: 'internal', message: String(thrown) }
  return systemProblem(thrown) ?? { code: 'internal', message: thrown.message }
}

/**
 * Said where a part of the app is gone that is loaded when it is first needed: another version was built in its place.
 */
export const UPDATED_MEANWHILE = {
  message: 'Kalamos was updated while it was running.',
  hint: 'Close it and start it again.',
} as const

const TOO_MANY_FILES = {
  message: 'Too many files are open on this machine.',
  hint: 'Close windows of Kalamos and programs that nobody needs, and try again.',
} as const

/** Whether what Node said names a file of the built app as missing. */
export function namesGonePart(said: string): boolean {
  return /Cannot find module '[^'\n]*[\\/]out[\\/]main[\\/][^'\n]*'/.test(said)
}

/**
 * What the system says where nobody expected it: of files too many, of a disk that is full or may not be written, of
 * parts of the app that are gone.
 */
function systemProblem(error: Error & { code?: unknown; path?: unknown; dest?: unknown }): ErrorShape | null {
  if (namesGonePart(error.message)) return { code: 'unavailable', ...UPDATED_MEANWHILE }
  if (/\bE[MN]FILE\b/.test(`${String(error.code)} ${error.message}`)) return { code: 'unavailable', ...TOO_MANY_FILES }
  const place = error.dest ?? error.path
  if (typeof place !== 'string') return null
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return {
        code: 'disk-full',
        message: `The disk is full: ${place} was not written.`,
        hint: 'Free some space on that disk and try again.',
      }
    case 'EROFS':
      return {
        code: 'not-writable',
        message: `${place} lies on a disk that is read-only.`,
        hint: 'Name a place on another disk, or make this one writable.',
      }
    case 'EACCES':
    case 'EPERM':
      return {
        code: 'not-writable',
        message: `${place} may not be opened by this account.`,
        hint: 'Give yourself the right to it, or name another place.',
      }
    default:
      return null
  }
}

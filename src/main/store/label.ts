import * as v from 'valibot'
import { Label } from '../../shared/api/recordings.ts'
import { KalamosError } from '../../shared/errors.ts'
import { faultOf } from '../../shared/value-fault.ts'

/** A label in its stored form: NFC, null for none. Throws `invalid-input`. */
export function validLabel(label: string | null): string | null {
  if (label === null || label === '') return null
  const result = v.safeParse(Label, label)
  if (result.success) return result.output
  throw new KalamosError(
    'invalid-input',
    `${JSON.stringify(label.slice(0, 60))} cannot be a label: ${faultOf(result.issues[0])}.`,
    'Give a label of at most 200 characters on one line.',
  )
}

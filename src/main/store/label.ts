import * as v from 'valibot'
import { Label } from '../../shared/api/recordings.ts'
import { KalamosError } from '../../shared/errors.ts'

/** A label in its stored form: NFC, null for none. Throws `invalid-input`. */
export function validLabel(label: string | null): string | null {
  if (label === null || label === '') return null
  const result = v.safeParse(Label, label)
  if (result.success) return result.output
  throw new KalamosError(
    'invalid-input',
    `${JSON.stringify(label.slice(0, 60))} cannot be a label: ${result.issues[0].message}.`,
    'Give a label of at most 200 characters on one line.',
  )
}

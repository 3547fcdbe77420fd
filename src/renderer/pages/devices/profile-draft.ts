import * as v from 'valibot'
import { DeviceProfile } from '../../../shared/api/devices.ts'
import { faultIn } from '../../../shared/value-fault.ts'

/** What is wrong with a profile as it stands in the form, field by field; empty where nothing is. */
export function faultsOf(draft: unknown): string[] {
  const result = v.safeParse(DeviceProfile, draft)
  if (result.success) return []
  return result.issues.map((issue) => faultIn(issue, 'profile'))
}

/** A name for a copy that no profile has yet. */
export function idOfCopy(id: string, taken: readonly string[]): string {
  const stem = `${id.replace(/-copy(-\d+)?$/, '')}-copy`
  if (!taken.includes(stem)) return stem
  let number = 2
  while (taken.includes(`${stem}-${number}`)) number++
  return `${stem}-${number}`
}

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The folder for what is temporary that the whole run has; it goes with the run. */
export const RUN = process.env['KALAMOS_TEST_TMP'] ?? tmpdir()

/** A folder for what several files of tests use that share a process. */
export function runFolder(name: string): string {
  return mkdtempSync(join(RUN, `${name}-`))
}

/** What helpers have to put away when a test, or a file of tests, is over; the last one made goes first. */
type Duty = () => unknown

const ofTest: Duty[] = []
const ofFile: Duty[] = []

/** To be done when the test that runs is over. */
export function afterTest(duty: Duty): void {
  ofTest.push(duty)
}

/** To be done when all tests of a file are over. */
export function afterFile(duty: Duty): void {
  ofFile.push(duty)
}

export async function endTest(): Promise<void> {
  for (const duty of ofTest.splice(0).reverse()) await duty()
}

export async function endFile(): Promise<void> {
  await endTest()
  for (const duty of ofFile.splice(0).reverse()) await duty()
}

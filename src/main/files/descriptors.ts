import { closeSync, openSync } from 'node:fs'
import { devNull } from 'node:os'
import * as v from 'valibot'

/** A program that is started takes three pipes with two ends each, and what libuv needs to hear of it. */
const FOR_A_PROGRAM = 16

/**
 * Whether so many more files may be opened now. For libraries that start a program and listen to no error of it: where
 * there is no file left, such an error comes when nobody can catch it, and ends this process.
 */
export function roomForFiles(count = FOR_A_PROGRAM): boolean {
  const opened: number[] = []
  try {
    while (opened.length < count) opened.push(openSync(devNull, 'r'))
    return true
  } catch (error) {
    if (['EMFILE', 'ENFILE'].includes(String((error as NodeJS.ErrnoException).code))) return false
    throw error
  } finally {
    for (const file of opened) closeSync(file)
  }
}

const Limits = v.object({ userLimits: v.object({ open_files: v.object({ soft: v.number() }) }) })

/** How many files and connections this process may have open at once; Infinity where the system sets no bound. */
export function mostFiles(): number {
  const limits = v.safeParse(Limits, process.report.getReport())
  return limits.success ? limits.output.userLimits.open_files.soft : Infinity
}

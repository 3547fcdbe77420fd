import { spawnSync } from 'node:child_process'
import { readFileSync, readlinkSync, statSync } from 'node:fs'
import { hostname } from 'node:os'
import * as v from 'valibot'
import type { Settings } from './settings.ts'

const HOLDER = 'held by'

/**
 * Who writes to a database, as it stands in the database itself: so whoever comes to it by another name finds it too.
 * `file` is what all names of the file share; in a copy of it, it is another. `started` tells the process from a later
 * one with its number, where the system says when a process began. `place` is where numbers of processes mean the same.
 */
export const DatabaseOwner = v.object({
  pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
  host: v.string(),
  file: v.optional(v.nullable(v.string()), null),
  path: v.optional(v.nullable(v.string()), null),
  started: v.optional(v.nullable(v.string()), null),
  place: v.optional(v.nullable(v.string()), null),
})
export type DatabaseOwner = v.InferOutput<typeof DatabaseOwner>

export function readDatabaseOwner(settings: Settings): DatabaseOwner | null {
  return settings.get(HOLDER, DatabaseOwner)
}

/** Writes down that this process writes to the database at `path`. */
export function writeDatabaseOwner(settings: Settings, path: string): void {
  settings.set(HOLDER, {
    pid: process.pid,
    host: hostname(),
    file: fileMark(path),
    path,
    started: startOf(process.pid),
    place: placeOfNumbers(),
  } satisfies DatabaseOwner)
}

export function signOff(settings: Settings): void {
  settings.delete(HOLDER)
}

/**
 * Device and inode of a file: the same by whatever name, through links and bind mounts. Null where there is no such
 * file.
 */
export function fileMark(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found === undefined ? null : `${found.dev}:${found.ino}`
}

/** Whether that very process still runs, as far as this machine can tell for certain. */
export function certainlyRuns({ pid, started, place }: DatabaseOwner): boolean {
  return started !== null && place === placeOfNumbers() && startOf(pid) === started
}

/** Whether a process with that number runs on this machine; perhaps another one than it was. */
export function mayRun({ pid, host }: DatabaseOwner): boolean {
  if (host !== hostname()) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** When a process began, as the system counts it; null where there is none, or nobody says. */
function startOf(pid: number): string | null {
  if (process.platform === 'linux') {
    // proc(5): the 22nd field, counted behind the name, which may hold blanks and brackets.
    const stat = textOf(`/proc/${pid}/stat`)
    return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  }
  if (process.platform === 'win32') return null
  const { stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  })
  return stdout?.trim() || null
}

/** Numbers of processes are those of a run of the system, and within it of a container. */
function placeOfNumbers(): string {
  if (process.platform !== 'linux') return hostname()
  let namespace = ''
  try {
    namespace = readlinkSync('/proc/self/ns/pid')
  } catch {
    // Without containers there is one namespace.
  }
  return `${textOf('/proc/sys/kernel/random/boot_id')?.trim() ?? hostname()} ${namespace}`
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

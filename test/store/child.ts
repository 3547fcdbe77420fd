import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** The path of a program beside this file. */
export function childPath(name: string): string {
  return fileURLToPath(new URL(`children/${name}`, import.meta.url))
}

/** Runs a program of `children/` to its end and reads the JSON it prints. */
export async function runChild(name: string, ...args: string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [childPath(name), ...args])
  return JSON.parse(stdout)
}

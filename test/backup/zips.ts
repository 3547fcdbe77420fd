import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { openPromise } from 'yauzl'
import { ZipFile } from 'yazl'

export type Members = Record<string, Buffer>

/** Everything that a zip file holds. */
export async function membersOf(path: string): Promise<Members> {
  const members: Members = {}
  const zip = await openPromise(path, { autoClose: false, lazyEntries: true })
  for await (const entry of zip.eachEntry()) {
    const pieces: Buffer[] = []
    for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece as Buffer)
    members[entry.fileName] = Buffer.concat(pieces)
  }
  zip.close()
  return members
}

/** Writes a zip file, packed as other programs pack it. */
export async function writeMembers(path: string, members: Members): Promise<string> {
  const zip = new ZipFile()
  for (const [name, bytes] of Object.entries(members)) zip.addBuffer(bytes, name, { compress: true })
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(path))
  return path
}

/** What unpacking by hand gives, and what earlier versions wrote. */
export function writeFolder(folder: string, members: Members): string {
  for (const [name, bytes] of Object.entries(members)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
  return folder
}

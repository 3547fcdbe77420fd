import { createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { writeProblem } from '../output-file.ts'

/** What a zip file is made of: bytes at hand, or a stream that is opened when its turn comes. */
export type ZipPart = { name: string } & ({ bytes: Buffer } | { open: () => Readable })

/** Samples do not compress, and a stored member can be read in place. The same parts make the same file. */
const STORED = { compress: false, mtime: new Date(1980, 0, 1), forceDosTimestamp: true }

/**
 * Writes a zip file, part by part. Throws `disk-full`, `conflict` or `not-writable`; what is there of it then is left
 * to the caller.
 */
export async function writeZip(path: string, parts: Iterable<ZipPart>): Promise<void> {
  const zip = new ZipFile()
  const opened: Readable[] = []
  // The library does not hear what goes wrong in a stream that it is given.
  const fail = (error: Error): void => void (zip.outputStream as Readable).destroy(error)
  zip.on('error', fail)
  for (const part of parts) {
    if ('bytes' in part) zip.addBuffer(part.bytes, part.name, STORED)
    else {
      zip.addReadStreamLazy(part.name, STORED, (take) => {
        const stream = part.open().on('error', fail)
        opened.push(stream)
        take(null, stream)
      })
    }
  }
  zip.end()
  try {
    await pipeline(zip.outputStream, createWriteStream(path, { flags: 'wx' }))
  } catch (error) {
    throw writeProblem(path, error)
  } finally {
    for (const stream of opened) stream.destroy()
  }
}

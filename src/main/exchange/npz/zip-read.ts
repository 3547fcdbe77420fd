import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createInflateRaw } from 'node:zlib'
import { fromRandomAccessReaderPromise, RandomAccessReader, type Entry, type ZipFile } from 'yauzl'
import { KalamosError } from '../../../shared/errors.ts'
import { FileBytes } from '../file-bytes.ts'
import type { MemberBytes } from './npy.ts'
import { membersByHeading } from './zip-cut.ts'
import type { ZipMember } from './zip-member.ts'

export interface ZipLimits {
  members: number
  /** A file that unpacks to more than this many times its size is none of recordings. */
  ratio: number
  ratioFromBytes: number
}

const LIMITS: ZipLimits = { members: 10_000, ratio: 200, ratioFromBytes: 256 * 1024 * 1024 }

/**
 * The members of a zip file, and what is wrong with it, should it break off: the directory stands at the end, and where
 * it is missing or damaged, members are found by their own headings. Throws like `readDirectory`, also where there are
 * none.
 */
export async function readMembers(
  file: FileBytes,
  limits: ZipLimits = LIMITS,
): Promise<{ members: ZipMember[]; broken: KalamosError | null }> {
  try {
    return { members: await readDirectory(file, limits), broken: null }
  } catch (error) {
    if (!(error instanceof KalamosError) || error.code !== 'decode-failed') throw error
    const members = membersByHeading(file, limits.members)
    if (members.length === 0) throw error
    refuseBombs(file, members, limits)
    return { members, broken: error }
  }
}

/**
 * The members of a zip file, by its directory. Throws `decode-failed` for damage, and `invalid-input` for what is no
 * zip file, is encrypted, or is made to unpack without end.
 */
export async function readDirectory(file: FileBytes, limits: ZipLimits = LIMITS): Promise<ZipMember[]> {
  if (file.size < 22 || file.read(0, 4).readUInt32LE() !== 0x04034b50) {
    throw new KalamosError(
      'invalid-input',
      `${file.path} is no NPZ file.`,
      'Choose a file written by Kalamos or by numpy.savez.',
    )
  }
  const members: ZipMember[] = []
  try {
    // Names are looked up and never become paths: none has to be refused.
    const zip = await fromRandomAccessReaderPromise(new BytesReader(file), file.size, {
      autoClose: false,
      decodeStrings: false,
    })
    if (zip.entryCount > limits.members) throw bomb(file.path, `${zip.entryCount} members`)
    for await (const entry of zip.eachEntry()) members.push(memberOf(file, zip, entry))
  } catch (error) {
    throw orDamaged(file.path, error)
  }
  refuseBombs(file, members, limits)
  return members
}

function memberOf(file: FileBytes, zip: ZipFile, entry: Entry): ZipMember {
  const { compressionMethod: method, compressedSize: packed, uncompressedSize: size } = entry
  const name = entry.fileNameRaw.toString('utf8')
  if (entry.isEncrypted())
    throw new KalamosError(
      'invalid-input',
      `${file.path}: ${name} is encrypted.`,
      'Unpack it with its password, and pack it again without.',
    )
  if (method !== 0 && method !== 8)
    throw new KalamosError(
      'invalid-input',
      `${file.path}: ${name} is packed in a way (${method}) that numpy does not use.`,
      'Save it again with numpy.savez.',
    )
  const start = async (): Promise<number> => {
    try {
      return (await zip.readLocalFileHeaderPromise(entry, { minimal: true })).fileDataStart
    } catch (error) {
      throw orDamaged(file.path, error)
    }
  }
  return { name, method, packed, size, start, cut: false }
}

/**
 * The bytes of a member as a file of their own: in place where it is stored, else unpacked into `folder` as far as they
 * go.
 */
export async function openMember(file: FileBytes, member: ZipMember, folder: string): Promise<MemberBytes> {
  const { name, method, packed, size, cut } = member
  const offset = await member.start()
  if (method === 0) return { file, offset, size: packed, cut }
  const unpacked = join(folder, name.replace(/[^\w.-]/g, '_'))
  const inflate = createInflateRaw(cut ? { finishFlush: constants.Z_SYNC_FLUSH } : {})
  try {
    await pipeline(file.stream(offset, packed), inflate, atMost(size), createWriteStream(unpacked))
  } catch (error) {
    throw error instanceof KalamosError
      ? error
      : new KalamosError('decode-failed', `${file.path}: ${name} is damaged.`, 'Copy or download the file again.', {
          cause: error,
        })
  }
  const own = new FileBytes(unpacked)
  if (cut || own.size === size) return { file: own, offset: 0, size: own.size, cut }
  own.close()
  throw new KalamosError('decode-failed', `${file.path}: ${name} breaks off.`, 'Copy or download the file again.')
}

/** How the library of zip files sees the bytes of a file. */
class BytesReader extends RandomAccessReader {
  readonly #file: FileBytes

  constructor(file: FileBytes) {
    super()
    this.#file = file
  }

  override read(
    into: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    let failure: Error | null = null
    try {
      this.#file.read(position, length).copy(into, offset)
    } catch (error) {
      failure = error as Error
    }
    callback(failure)
  }
}

/** Lets no more bytes through than were announced. */
function atMost(size: number): Transform {
  let seen = 0
  return new Transform({
    transform(chunk: Buffer, _, done) {
      seen += chunk.length
      if (seen > size)
        done(
          new KalamosError(
            'invalid-input',
            `A member unpacks to more than the ${size} bytes it announces.`,
            'That is no file of recordings; check where it came from.',
          ),
        )
      else done(null, chunk)
    },
  })
}

/** Refuses what unpacks to far more than it is, be it by packing or by members that lie over one another. */
function refuseBombs(file: FileBytes, members: readonly ZipMember[], { ratio, ratioFromBytes }: ZipLimits): void {
  const unpacked = members.reduce((sum, { size }) => sum + size, 0)
  if (unpacked > ratioFromBytes && unpacked > ratio * file.size)
    throw bomb(file.path, `${unpacked} bytes in ${file.size}`)
  const packed = members.reduce((sum, member) => sum + member.packed, 0)
  if (packed > file.size) throw bomb(file.path, 'members that lie over one another')
}

function bomb(path: string, what: string): KalamosError {
  return new KalamosError(
    'invalid-input',
    `${path} holds ${what}: it would fill the disk.`,
    'That is no file of recordings; check where it came from.',
  )
}

/** What the library found wrong is damage; its words are of no use to a person. */
function orDamaged(path: string, error: unknown): KalamosError {
  return error instanceof KalamosError
    ? error
    : new KalamosError(
        'decode-failed',
        `${path} is damaged: its directory cannot be read.`,
        'Copy or download the file again.',
        { cause: error },
      )
}

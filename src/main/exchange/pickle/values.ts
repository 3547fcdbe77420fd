import type { FileBytes } from '../file-bytes.ts'

/** Bytes of a pickle: left in the file until somebody wants them, or held where they came as text. */
export class StoredBytes {
  readonly #offset: number
  readonly #held: Uint8Array | undefined
  readonly #latin1: boolean
  readonly length: number

  private constructor(offset: number, length: number, latin1: boolean, held?: Uint8Array) {
    this.#offset = offset
    this.length = length
    this.#latin1 = latin1
    this.#held = held
  }

  static inFile(offset: number, length: number): StoredBytes {
    return new StoredBytes(offset, length, false)
  }

  static held(bytes: Uint8Array): StoredBytes {
    return new StoredBytes(0, bytes.length, false, bytes)
  }

  /** Protocols 0 to 2 write bytes as text, one letter a byte. Their number is known only when they are read. */
  asLatin1(): StoredBytes {
    return new StoredBytes(this.#offset, this.length, true)
  }

  get isText(): boolean {
    return this.#latin1
  }

  load(file: FileBytes): Uint8Array {
    if (this.#held !== undefined) return this.#held
    const bytes = file.copy(this.#offset, this.length)
    return this.#latin1 ? Uint8Array.from(Buffer.from(bytes.toString('utf8'), 'latin1')) : bytes
  }
}

/** A kind of number of numpy: `kind` f, i, u, b, O (objects), U or S (text), and its width in bytes. */
export class NumpyDtype {
  readonly kind: string
  readonly width: number
  bigEndian = false

  constructor(kind: string, width: number) {
    this.kind = kind
    this.width = width
  }
}

/** An array of numpy; numbers lie in the file, objects are values. */
export class NumpyArray {
  shape: readonly number[] = [0]
  dtype: NumpyDtype = new NumpyDtype('f', 8)
  fortran = false
  data: StoredBytes | readonly PickleValue[] = []
}

/** A name of a module that stands in a pickle: something that Python would run. */
export class PickleGlobal {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/** What a pickle can hold here: Python's lists, tuples and sets are arrays, dicts are maps. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | StoredBytes
  | PickleValue[]
  | Map<PickleValue, PickleValue>
  | NumpyArray
  | NumpyDtype
  | PickleGlobal

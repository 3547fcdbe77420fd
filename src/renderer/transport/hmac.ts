/**
 * HMAC-SHA-256 (RFC 2104, FIPS 180-4) of short texts. The browser's own, `crypto.subtle`, is kept from pages that came
 * over plain HTTP from anywhere but this machine, and a page that came through such an address has to prove its session
 * too.
 */

const BLOCK_BYTES = 64

/** The code of a message under a key, both as UTF-8, in base64url. */
export function hmac(key: string, message: string): string {
  const utf8 = new TextEncoder()
  const given = utf8.encode(key)
  const padded = new Uint8Array(BLOCK_BYTES)
  padded.set(given.length > BLOCK_BYTES ? sha256(given) : given)
  const inner = sha256(
    joined(
      padded.map((byte) => byte ^ 0x36),
      utf8.encode(message),
    ),
  )
  return base64url(
    sha256(
      joined(
        padded.map((byte) => byte ^ 0x5c),
        inner,
      ),
    ),
  )
}

/** So many random bytes, in base64url. */
export function nonce(bytes = 16): string {
  return base64url(crypto.getRandomValues(new Uint8Array(bytes)))
}

/** The first 32 bits of the fractional parts of a root of the first primes (FIPS 180-4, 4.2.2 and 5.3.3). */
const PRIMES = firstPrimes(64)
const CONSTANTS = Uint32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)))
const INITIAL = Uint32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)))

function sha256(bytes: Uint8Array): Uint8Array {
  const blocks = Math.ceil((bytes.length + 9) / BLOCK_BYTES)
  const padded = new Uint8Array(blocks * BLOCK_BYTES)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 4, bytes.length * 8)
  const hash = INITIAL.slice()
  for (let block = 0; block < blocks; block++) addBlock(hash, view, block * BLOCK_BYTES)
  const digest = new DataView(new ArrayBuffer(32))
  hash.forEach((word, index) => digest.setUint32(index * 4, word))
  return new Uint8Array(digest.buffer)
}

/** FIPS 180-4, 6.2.2. */
function addBlock(hash: Uint32Array, view: DataView, start: number): void {
  const words = new Uint32Array(64)
  for (let t = 0; t < 16; t++) words[t] = view.getUint32(start + t * 4)
  const word = (t: number): number => words[t] ?? 0
  for (let t = 16; t < 64; t++) {
    const low = turned(word(t - 15), 7) ^ turned(word(t - 15), 18) ^ (word(t - 15) >>> 3)
    const high = turned(word(t - 2), 17) ^ turned(word(t - 2), 19) ^ (word(t - 2) >>> 10)
    words[t] = word(t - 16) + low + word(t - 7) + high
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash
  for (let t = 0; t < 64; t++) {
    const first =
      h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + (CONSTANTS[t] ?? 0) + word(t)
    const second = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0]
  }
  ;[a, b, c, d, e, f, g, h].forEach((value, index) => (hash[index] = (hash[index] ?? 0) + value))
}

function turned(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits))
}

function fraction(value: number): number {
  return Math.floor((value - Math.floor(value)) * 2 ** 32)
}

function firstPrimes(count: number): number[] {
  const primes: number[] = []
  for (let candidate = 2; primes.length < count; candidate++)
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate)
  return primes
}

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(head.length + tail.length)
  bytes.set(head)
  bytes.set(tail, head.length)
  return bytes
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

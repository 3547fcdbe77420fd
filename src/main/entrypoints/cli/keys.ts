import type { ReadStream } from 'node:tty'

/**
 * The keys pressed at a terminal, one by one and without Enter; Ctrl-C goes to `interrupt`. Null where nobody types and
 * nothing is piped.
 */
export function keysOf(input: ReadStream, interrupt: () => void): AsyncIterable<string> | null {
  if (!input.readable) return null
  if (input.isTTY) input.setRawMode(true)
  input.setEncoding('utf8')
  return pressed(input, interrupt)
}

async function* pressed(input: ReadStream, interrupt: () => void): AsyncGenerator<string> {
  try {
    for await (const text of input as AsyncIterable<string>) {
      for (const key of text) {
        if (key === '\u0003') interrupt()
        else yield key
      }
    }
  } finally {
    if (input.isTTY) input.setRawMode(false)
  }
}

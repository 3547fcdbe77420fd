import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { KalamosError } from '../../shared/errors.ts'
import { after } from '../process/background.ts'

/** Two serial ports that are wired to each other: what is written to one comes out of the other. */
export interface PortPair {
  pen: string
  host: string
  close(): Promise<void>
}

const READY_MS = 5000

/** Opens a pair of pseudo-terminals with socat. Throws `unavailable` where it is missing. */
export async function openPortPair(): Promise<PortPair> {
  const socat = spawn('socat', ['-d', '-d', 'pty,raw,echo=0', 'pty,raw,echo=0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const paths = await new Promise<string[]>((resolve, reject) => {
    let said = ''
    const timer = after(READY_MS, 'pens', 'a pair of ports could not be given up', () =>
      reject(noPorts(`socat opened no ports: ${said.trim()}`)),
    )
    socat.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer)
      reject(
        noPorts(error.code === 'ENOENT' ? 'socat is not installed.' : `socat did not start: ${error.message}`, error),
      )
    })
    socat.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const found = [...said.matchAll(/PTY is (\S+)/g)].map((match) => match[1]!)
      if (found.length < 2 || !said.includes('starting data transfer')) return
      clearTimeout(timer)
      resolve(found)
    })
  }).catch((error: unknown) => {
    socat.kill()
    throw error
  })
  return {
    pen: paths[0]!,
    host: paths[1]!,
    close: async () => {
      if (socat.exitCode !== null || socat.signalCode !== null) return
      const ended = once(socat, 'exit')
      socat.kill()
      await ended
    },
  }
}

function noPorts(message: string, cause?: unknown): KalamosError {
  return new KalamosError(
    'unavailable',
    message,
    'Install socat (on Debian: apt install socat): it makes the pair of serial ports.',
    { cause },
  )
}

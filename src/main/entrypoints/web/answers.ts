import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { KalamosError, errorShape, type ErrorCode } from '../../../shared/errors.ts'
import type { Said } from '../../../shared/messages/index.ts'
import { contentType, fileWithin } from '../common/files.ts'
import { SECURITY_HEADERS } from '../common/policy.ts'

const BODY_MAX = 4096

/** Answers with an error in the form of the contract. */
export function sendError(response: ServerResponse, status: number, code: ErrorCode, message: Said, hint: Said): void {
  const body = JSON.stringify({ error: errorShape(new KalamosError(code, message, hint)) })
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
  })
  response.end(body)
}

/** Answers with a value, for this page alone and not to be kept. */
export function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, {
    ...SECURITY_HEADERS,
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
  })
  response.end(JSON.stringify(value))
}

/** Sends a file of the page. Files under `assets/` carry their hash in their name and may be kept. */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  folder: string,
  path: string,
): Promise<void> {
  const file = fileWithin(folder, path)
  const size = file === null ? null : await sizeOf(file)
  if (file === null || size === null) {
    return sendError(
      response,
      404,
      'not-found',
      `There is no page or file at ${path.slice(0, 200)}.`,
      'Open the address that Kalamos printed when it started.',
    )
  }
  response.writeHead(200, {
    ...SECURITY_HEADERS,
    'Content-Type': contentType(file),
    'Content-Length': size,
    'Cache-Control': path.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-store',
  })
  if (request.method === 'HEAD') return void response.end()
  // A browser that leaves before the end is no error of ours.
  await pipeline(createReadStream(file), response).catch(() => response.destroy())
}

/** The JSON body of a request, or undefined where there is none that is small, whole and JSON. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) return undefined
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    // What is too much is read to its end but not kept: leaving early would cut the line before the answer.
    if (length <= BODY_MAX) chunks.push(chunk)
  }
  if (length > BODY_MAX) return undefined
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return undefined
  }
}

async function sizeOf(file: string): Promise<number | null> {
  try {
    const found = await stat(file)
    return found.isFile() ? found.size : null
  } catch {
    return null
  }
}

import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { KalamosError, errorShape } from '../../../shared/errors.ts'
import { PATHS } from '../../../shared/wire.ts'
import { SECURITY_HEADERS } from '../common/policy.ts'
import { sendError, sendJson } from './answers.ts'
import type { Transfers } from './transfers.ts'

const ROUTE = new RegExp(`^${PATHS.transfers}(?:/([\\w-]{43})(/.*)?)?$`)
const LASTING = `${PATHS.transfers}/lasting`
const TICKET = new RegExp(`^${PATHS.tickets}/([\\w-]{43})$`)

/**
 * Answers what a page with a session asks of transfers: to open one, to send a file, to pack it for a download, to end
 * it.
 */
export async function answerTransfer(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  transfers: Transfers,
): Promise<void> {
  const [, id, place] = ROUTE.exec(path) ?? []
  const { method } = request
  try {
    if (method === 'POST' && id === undefined) return sendJson(response, transfers.open({ lasts: path === LASTING }))
    if (method === 'PUT' && id !== undefined && place !== undefined) {
      const { 'content-length': length } = request.headers
      return sendJson(response, {
        path: await transfers.receive(id, place, length === undefined ? null : Number(length), request),
      })
    }
    if (method === 'POST' && id !== undefined)
      return sendJson(response, { url: `${PATHS.tickets}/${await transfers.pack(id)}` })
    if (method === 'DELETE' && id !== undefined) {
      transfers.discard(id)
      return sendJson(response, {})
    }
    sendError(
      response,
      405,
      'invalid-input',
      `${method ?? ''} is not for transfers.`,
      'Reload the page: it may be older than the app.',
    )
  } catch (error) {
    const { code, message, hint } = errorShape(error)
    if (!response.headersSent) sendError(response, error instanceof KalamosError ? 400 : 500, code, message, hint ?? '')
    // What is still being sent is not wanted.
    response.once('finish', () => request.destroy())
  }
}

/**
 * Sends what a ticket is for, once: the browser keeps it as a file. The ticket is all that lets in, since a browser
 * that saves a file proves no session.
 */
export async function sendParcel(response: ServerResponse, path: string, transfers: Transfers): Promise<void> {
  const parcel = transfers.take(TICKET.exec(path)?.[1] ?? '')
  if (parcel === null)
    return sendError(
      response,
      404,
      'not-found',
      'This download was fetched already, or is too old.',
      'Export it again.',
    )
  const { size } = await stat(parcel.file)
  response.writeHead(200, {
    ...SECURITY_HEADERS,
    'Content-Type': 'application/octet-stream',
    'Content-Length': size,
    'Content-Disposition':
      'attachment; ' +
      `filename*=UTF-8''${encodeURIComponent(parcel.name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`,
    'Cache-Control': 'no-store',
  })
  // A browser that leaves before the end is no error of ours.
  await pipeline(createReadStream(parcel.file), response).catch(() => response.destroy())
  transfers.discard(parcel.id)
}

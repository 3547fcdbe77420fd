// @ts-check
// visit.mjs <address>: comes to a running Kalamos as its page does, searches for pens, adds a virtual one, lets it
// write a word, and says what was read, and what doctor finds. One JSON object on stdout.
import { createHmac, randomBytes } from 'node:crypto'
import WebSocket from 'ws'
import { english, inEnglish } from '../../src/shared/messages/index.ts'

const WORD = 'Hand'
const PATIENCE_MS = 120_000

const address = new URL(process.argv[2] ?? '')
const { origin } = address
const token = new URLSearchParams(address.hash.slice(1)).get('token')

const page = await fetch(origin)
const title = /<title>(.*?)<\/title>/.exec(await page.text())?.[1] ?? null
const admitted = await fetch(`${origin}/session`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', Origin: origin },
  body: JSON.stringify({ token }),
})
const { id: session, key } = /** @type {{ id: string, key: string }} */ (await admitted.json())
const challenge = await fetch(`${origin}/session?id=${session}&asked=${randomBytes(16).toString('base64url')}`)
const { nonce } = /** @type {{ nonce: string }} */ (await challenge.json())
const proof = `${session}.${nonce}.${createHmac('sha256', key).update(`page ${nonce}`).digest('base64url')}`
const socket = new WebSocket(`${origin.replace('http', 'ws')}/socket`, ['kalamos', `kalamos.${proof}`], { origin })
await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))

/** @type {Map<number, (answer: { output?: unknown, error?: { message: import('../../src/shared/messages/index.ts').Said } }) => void>} */
const waiting = new Map()
/** @type {(word: unknown) => void} */
let heard = () => undefined
socket.on('message', (data) => {
  const message = JSON.parse(String(data))
  if (message.event === 'recognise.word') heard(message.payload)
  else waiting.get(message.id)?.(message)
})
setTimeout(() => fail('nothing was read in time'), PATIENCE_MS).unref()

let asked = 0
/** @param {string} request @param {unknown} input @returns {Promise<any>} */
function ask(request, input = {}) {
  const id = ++asked
  return new Promise((resolve) => {
    waiting.set(id, ({ output, error }) => (error ? fail(`${request}: ${english(error.message)}`) : resolve(output)))
    socket.send(JSON.stringify({ id, request, input }))
  })
}

/** @param {string} reason @returns {never} */
function fail(reason) {
  process.stderr.write(`${reason}\n`)
  process.exit(1)
}

const read = new Promise((resolve) => (heard = resolve))
socket.send(JSON.stringify({ subscribe: 'recognise.word' }))
const devices = await ask('devices.scan')
const { id: deviceId } = await ask('devices.addVirtual', { seed: 0, handedness: 'right' })
await ask('devices.open', { deviceId })
await ask('recognise.start', { modelId: null, deviceId })
await ask('devices.writeText', { deviceId, text: WORD })
const word = /** @type {{ text: string }} */ (await read)
const findings = inEnglish(await ask('system.doctor'))
process.stdout.write(`${JSON.stringify({ title, devices, written: WORD, read: word.text, findings })}\n`)
process.exit(0)

import * as v from 'valibot'
import type { EventSpec, RequestSpec } from './api/contract.ts'
import { adaptation, adaptationEvents } from './api/adaptation.ts'
import { backup, backupEvents } from './api/backup.ts'
import { calibration, sensorCalibrationEvents } from './api/sensor-calibration.ts'
import { deviceEvents, devices } from './api/devices.ts'
import { exchange, exchangeEvents } from './api/exchange.ts'
import { interruptions } from './api/interruptions.ts'
import { protocolEvents, protocols } from './api/protocols.ts'
import { recognition, recognitionEvents } from './api/recognition.ts'
import { recordingEvents, recordings } from './api/recordings.ts'
import { review, reviewEvents } from './api/review.ts'
import { system, systemEvents } from './api/system.ts'
import { training, trainingEvents } from './api/training.ts'
import { writers } from './api/writers.ts'
import { KalamosError } from './errors.ts'
import { faultIn } from './value-fault.ts'

/** The one contract between the host and whatever stands at its three entry points: every command, query and event. */
export const requests = {
  ...system,
  ...devices,
  ...calibration,
  ...writers,
  ...protocols,
  ...recordings,
  ...review,
  ...exchange,
  ...training,
  ...interruptions,
  ...adaptation,
  ...recognition,
  ...backup,
} satisfies Record<string, RequestSpec>

export const events = {
  ...systemEvents,
  ...deviceEvents,
  ...sensorCalibrationEvents,
  ...protocolEvents,
  ...recordingEvents,
  ...reviewEvents,
  ...exchangeEvents,
  ...trainingEvents,
  ...adaptationEvents,
  ...recognitionEvents,
  ...backupEvents,
} satisfies Record<string, EventSpec>

export type RequestName = keyof typeof requests
export type EventName = keyof typeof events
export type Input<N extends RequestName> = v.InferInput<(typeof requests)[N]['input']>
export type ValidInput<N extends RequestName> = v.InferOutput<(typeof requests)[N]['input']>
export type Output<N extends RequestName> = v.InferOutput<(typeof requests)[N]['output']>
export type Payload<E extends EventName> = v.InferOutput<(typeof events)[E]['payload']>

/** What implements the contract in the host: one handler a request, given validated input. */
export type Handlers = { [N in RequestName]: (input: ValidInput<N>) => Promise<Output<N>> | Output<N> }

/** What an entry point supplies: a way to ask, and a way to listen. Asking rejects with a `KalamosError`. */
export interface Transport {
  request(name: RequestName, input: unknown): Promise<unknown>
  subscribe(event: EventName, listener: (payload: unknown) => void): () => void
}

/** The contract as the window uses it, over any transport. */
export interface Api {
  request<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N>>
  on<E extends EventName>(event: E, listener: (payload: Payload<E>) => void): () => void
}

/** Builds the typed API over a transport. The host validates; what it sends is taken at its word. */
export function createApi(transport: Transport): Api {
  return {
    request: (name, input) => transport.request(name, input) as Promise<never>,
    on: (event, listener) => transport.subscribe(event, listener as (payload: unknown) => void),
  }
}

export function isRequestName(name: unknown): name is RequestName {
  return typeof name === 'string' && Object.hasOwn(requests, name)
}

export function isEventName(name: unknown): name is EventName {
  return typeof name === 'string' && Object.hasOwn(events, name)
}

/** Checks an input where it enters the host. Throws `invalid-input` naming every field that does not fit. */
export function validInput<N extends RequestName>(name: N, input: unknown): ValidInput<N> {
  const result = v.safeParse(requests[name].input, input)
  if (result.success) return result.output as ValidInput<N>
  const faults = result.issues.map((issue) => faultIn(issue, 'input'))
  throw new KalamosError(
    'invalid-input',
    `${name}: ${faults.join('; ')}`,
    'Correct this and try again; nothing was changed.',
  )
}

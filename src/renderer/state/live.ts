import type { Api, Payload } from '../../shared/api.ts'
import { FrameRing } from '../plot/ring.ts'

/** How much of a stream the window keeps: the live plot's span and the longest word. */
const KEPT_MS = 30_000

/**
 * The last samples of every open device, for plots that redraw once an animation frame.
 * Not reactive: hundreds of frames a second must not wake components. The host is asked for samples while anybody
 * watches.
 */
export class LiveSignals {
  readonly #api: Api
  readonly #rings = new Map<string, FrameRing>()
  #watchers = 0
  #stop: (() => void) | undefined

  constructor(api: Api) {
    this.#api = api
  }

  /** Keeps samples coming until the function it gives back is called. */
  watch(): () => void {
    if (this.#watchers++ === 0) this.#stop = this.#api.on('devices.samples', (samples) => this.#take(samples))
    return () => {
      if (--this.#watchers === 0) {
        this.#stop?.()
        this.#rings.clear()
      }
    }
  }

  ring(deviceId: string): FrameRing | undefined {
    return this.#rings.get(deviceId)
  }

  #take({ deviceId, channels, timesMs, values }: Payload<'devices.samples'>): void {
    let ring = this.#rings.get(deviceId)
    if (ring === undefined || !ring.fits(channels, timesMs[0] ?? 0)) {
      ring = new FrameRing(channels, KEPT_MS)
      this.#rings.set(deviceId, ring)
    }
    ring.push(timesMs, values, performance.now())
  }
}

import type { KalamosError } from '../../../shared/errors.ts'
import type { FrameBlock } from '../../../shared/signal.ts'

/** Where a transport puts what comes. */
export interface TransportSink {
  /** The next bytes of a stream. */
  bytes(chunk: Uint8Array): void
  /** One whole HID report, its id first. */
  report(report: Uint8Array): void
  /** Frames that were decoded before, from a recording. */
  frames(block: FrameBlock): void
  /** The other side went away (`null` where the system gave no reason). Not called after `close`. */
  gone(reason: KalamosError | null): void
  /** The source has come to its end, as a recording does. */
  ended(): void
}

/** A way for bytes, reports or frames to come in. One transport object serves one device and can be opened again. */
export interface Transport {
  /** Opens, or throws `device-busy`, `device-gone`, `device-denied` or `unavailable` with the way out. */
  open(sink: TransportSink): Promise<void>
  close(): Promise<void>
  /** Whether the device is still there, for when it falls silent. */
  present(): Promise<boolean>
}

import { saidBy, KalamosError } from '../../../../shared/errors.ts'
import { english } from '../../../../shared/messages/index.ts'

/** As much of WebGPU as is needed to see whether it gives back what it was given. */
export interface Adapter {
  info: { description: string; vendor: string }
  requestDevice(): Promise<{
    createBuffer(descriptor: { size: number; usage: number }): {
      mapAsync(mode: number): Promise<void>
      getMappedRange(): ArrayBuffer
      unmap(): void
    }
    queue: { writeBuffer(buffer: unknown, offset: number, data: Uint8Array): void }
    destroy(): void
  }>
}

const MAP_READ = 1
const COPY_DESTINATION = 8
const READ = 1
const PATTERN = Uint8Array.from({ length: 16 }, (_, index) => 255 - 7 * index)

/**
 * Writes a few bytes to the graphics card and reads them back, as every result of a training is. An adapter that is
 * found may still not hand anything over. Throws `backend-unavailable`.
 */
export async function readBack(adapter: Adapter): Promise<void> {
  const found = await roundTrip(adapter).catch((error: unknown) => {
    const reason = english(saidBy(error)).split('\n')[0]!
    throw new KalamosError(
      'backend-unavailable',
      `results cannot be read back from the graphics card (${reason})`,
      HINT,
      { cause: error },
    )
  })
  if (!PATTERN.every((value, index) => found[index] === value)) {
    throw new KalamosError('backend-unavailable', 'results read back from the graphics card are wrong', HINT)
  }
}

const HINT = 'Update the driver of the graphics card, or choose the backend "auto".'

async function roundTrip(adapter: Adapter): Promise<Uint8Array> {
  const device = await adapter.requestDevice()
  try {
    const buffer = device.createBuffer({ size: PATTERN.length, usage: MAP_READ | COPY_DESTINATION })
    device.queue.writeBuffer(buffer, 0, PATTERN)
    await buffer.mapAsync(READ)
    const found = new Uint8Array(buffer.getMappedRange()).slice()
    buffer.unmap()
    return found
  } finally {
    device.destroy()
  }
}

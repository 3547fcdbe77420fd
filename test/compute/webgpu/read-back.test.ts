import { afterEach, describe, expect, test } from 'vitest'
import { chooseBackend, useBackend } from '../../../src/main/compute/backend.ts'
import { readBack, type Adapter } from '../../../src/main/compute/kernels/webgpu/read-back.ts'
import { missingAdapter } from './compare.ts'

type Device = Awaited<ReturnType<Adapter['requestDevice']>>

/** An adapter whose buffers hold what is written, and hand over what `range` makes of it. */
function adapter(range: (written: Uint8Array) => ArrayBuffer): Adapter {
  let written = new Uint8Array(16)
  const device: Device = {
    createBuffer: () => ({
      mapAsync: () => Promise.resolve(),
      getMappedRange: () => range(written),
      unmap: () => undefined,
    }),
    queue: { writeBuffer: (_buffer, _offset, data) => void (written = Uint8Array.from(data)) },
    destroy: () => undefined,
  }
  return { info: { description: 'made up', vendor: '' }, requestDevice: () => Promise.resolve(device) }
}

test('an adapter that gives back what it was given is good', async () => {
  await expect(readBack(adapter((written) => written.buffer as ArrayBuffer))).resolves.toBeUndefined()
})

test('an adapter that may not hand over its memory is refused with the reason', async () => {
  const refusing = adapter(() => {
    throw new Error('External buffers are not allowed')
  })
  await expect(readBack(refusing)).rejects.toMatchObject({
    code: 'backend-unavailable',
    message: 'results cannot be read back from the graphics card (External buffers are not allowed)',
  })
})

test('an adapter that gives back zeros is refused', async () => {
  await expect(readBack(adapter(() => new ArrayBuffer(16)))).rejects.toMatchObject({
    code: 'backend-unavailable',
    message: expect.stringContaining('wrong') as string,
  })
})

describe('inside Electron', () => {
  const { versions } = process
  afterEach(() => void Object.defineProperty(process, 'versions', { value: versions }))

  test('WebGPU is refused with the reason, and "auto" passes it by', async () => {
    Object.defineProperty(process, 'versions', { value: { ...versions, electron: '45.0.0' } })
    await expect(useBackend('webgpu')).rejects.toMatchObject({
      code: 'backend-unavailable',
      message: expect.stringContaining('inside Electron') as string,
    })
    expect((await chooseBackend('auto')).name).toBe('kernels')
  })
})

const missing = await missingAdapter()

test.skipIf(missing)(`a real adapter gives back what it was given${missing ? ` (${missing})` : ''}`, async () => {
  const { gpu } = navigator as unknown as { gpu: { requestAdapter(): Promise<Adapter> } }
  await expect(readBack(await gpu.requestAdapter())).resolves.toBeUndefined()
})

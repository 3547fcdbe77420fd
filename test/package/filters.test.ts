import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { FileMatcher } from 'app-builder-lib/out/fileMatcher.js'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { root } from '../../src/main/files/paths.ts'

const { files } = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as { files: string[] }
const NATIVE = ['better-sqlite3/prebuilds', 'node-hid/prebuilds', '@serialport/bindings-cpp/prebuilds', 'webgpu/dist']

/** The native files that the packager takes on a system, of packages that bring those of all. */
function taken(platform: string, arch: string): string[] {
  const exclusions = files.filter((pattern) => pattern.startsWith('!'))
  const expand = (pattern: string) => pattern.replaceAll('${platform}', platform).replaceAll('${arch}', arch)
  const takes = new FileMatcher(root, root, expand, ['**/*', ...exclusions]).createFilter()
  const take = (place: string): string[] =>
    readdirSync(join(root, place), { withFileTypes: true }).flatMap((entry) => {
      const path = `${place}/${entry.name}`
      const isFolder = entry.isDirectory()
      if (!takes(join(root, path), { isDirectory: () => isFolder } as Parameters<typeof takes>[1])) return []
      return isFolder ? take(path) : [path.slice('node_modules/'.length)]
    })
  return NATIVE.flatMap((place) => take(`node_modules/${place}`).sort())
}

describe('of its native code, a package for', () => {
  test('Windows takes what Windows opens', () => {
    expect(taken('win32', 'x64')).toEqual([
      'better-sqlite3/prebuilds/win32-x64.node',
      'node-hid/prebuilds/HID-win32-x64/node-napi-v4.node',
      '@serialport/bindings-cpp/prebuilds/win32-x64/@serialport+bindings-cpp.node',
      'webgpu/dist/win32-x64/d3dcompiler_47.dll',
      'webgpu/dist/win32-x64/dawn.node',
      'webgpu/dist/win32-x64/dxcompiler-LICENSE.TXT',
      'webgpu/dist/win32-x64/dxcompiler-ThirdPartyNotices.txt',
      'webgpu/dist/win32-x64/dxcompiler.dll',
    ])
  })

  test.each(['arm64', 'x64'])('macOS on %s takes what macOS opens', (arch) => {
    expect(taken('darwin', arch)).toEqual([
      `better-sqlite3/prebuilds/darwin-${arch}.node`,
      `node-hid/prebuilds/HID-darwin-${arch}/node-napi-v4.node`,
      '@serialport/bindings-cpp/prebuilds/darwin-x64+arm64/@serialport+bindings-cpp.node',
      'webgpu/dist/darwin-universal/dawn.node',
    ])
  })

  test('Linux takes what Linux opens', () => {
    expect(taken('linux', 'x64')).toEqual([
      'better-sqlite3/prebuilds/linux-x64.node',
      'node-hid/prebuilds/HID-linux-x64/node-napi-v4.node',
      'node-hid/prebuilds/HID_hidraw-linux-x64/node-napi-v4.node',
      '@serialport/bindings-cpp/prebuilds/linux-x64/@serialport+bindings-cpp.glibc.node',
      'webgpu/dist/linux-x64/dawn.node',
    ])
  })
})

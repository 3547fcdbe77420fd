import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

interface Locked {
  version?: string
  integrity?: string
  resolved?: string
  link?: boolean
}

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')
const lock = read('package-lock.json')
const packages = Object.entries((JSON.parse(lock) as { packages: Record<string, Locked> }).packages).filter(
  ([place, { link }]) => place !== '' && link !== true,
)

describe('the lock file', () => {
  it('says of every package, optional ones of other systems too, by which bytes it is known', () => {
    const without = packages
      .filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''))
      .map(([place]) => place)
    expect(without).toEqual([])
  })

  it('names no registry: packages come from wherever npm is told, and their bytes are checked', () => {
    expect(packages.filter(([, { resolved }]) => resolved !== undefined)).toEqual([])
    expect(lock).not.toMatch(/"resolved"|https?:\/\/registry\./)
  })
})

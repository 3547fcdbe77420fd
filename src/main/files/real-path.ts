import { readlinkSync, realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

/** As many links as Linux follows. */
const LINKS = 40

/**
 * Where a file really is, behind all links: the one name that every way to it shares. One that is not there yet is
 * known by its folder, or by where a link says that it will be. A circle of links is left as it is: whoever opens it is
 * told.
 */
export function realPath(path: string, links = LINKS): string {
  try {
    return realpathSync.native(path)
  } catch {
    const target = linkTarget(path)
    if (target !== null && links > 0) return realPath(resolve(dirname(path), target), links - 1)
    return target !== null || dirname(path) === path ? path : join(realPath(dirname(path), links), basename(path))
  }
}

function linkTarget(path: string): string | null {
  try {
    return readlinkSync(path)
  } catch {
    return null
  }
}

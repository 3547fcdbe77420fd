import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '../../shared/api/system.ts'
import { tryNative } from '../native/libraries.ts'
import { root } from '../files/paths.ts'

/** What the app runs on: Node, and whether the Electron window can be had. */
export function examineRuntime(): Finding[] {
  return [node(), electron(), drawing()]
}

/** Whether pictures of words can be drawn, for training with images and for the window. */
function drawing(): Finding {
  const found = { topic: 'runtime', name: 'Word images' } as const
  const result = tryNative('drawing')
  if ('reason' in result)
    return { ...found, ok: false, detail: result.reason.message, hint: result.reason.hint ?? null }
  return { ...found, ok: true, detail: 'can be drawn', hint: null }
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const ok = major > 22 || (major === 22 && minor >= 18)
  return {
    topic: 'runtime',
    name: 'Node',
    ok,
    detail: `${process.versions.node}, ${process.platform}-${process.arch}`,
    hint: ok
      ? null
      : 'Kalamos needs 22.18 or newer; start it with "npm start" or "npm run -s kalamos", which bring their own.',
  }
}

function electron(): Finding {
  const found = { topic: 'runtime', name: 'Electron' } as const
  if (process.versions.electron)
    return { ...found, ok: true, detail: `${process.versions.electron}, running now`, hint: null }
  const folder = join(root, 'node_modules', 'electron')
  const binary = binaryIn(folder)
  if (binary === null) {
    const hint =
      'Download it with "npx install-electron" where github.com is reached. Until then "npm start" opens the browser.'
    return { ...found, ok: false, detail: 'its binary is not downloaded', hint }
  }
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    return {
      ...found,
      ok: false,
      detail: `${binary}, but it does not run its sandbox as root`,
      hint: 'Start Kalamos as an ordinary user.',
    }
  }
  return { ...found, ok: true, detail: binary, hint: null }
}

function binaryIn(folder: string): string | null {
  try {
    const binary = join(
      process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'),
      readFileSync(join(folder, 'path.txt'), 'utf8').trim(),
    )
    return existsSync(binary) ? binary : null
  } catch {
    return null
  }
}

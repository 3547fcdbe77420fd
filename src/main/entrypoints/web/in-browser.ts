import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { log } from '../../log/index.ts'
import { writeWhole } from '../../files/whole-file.ts'

/**
 * Opens an address with the system's own means, where somebody can see it. What a process is started with, every user
 * of the machine can read; so the browser is given a file that only this user can read, and that leads on to the
 * address. That it fails is no problem: the address is printed. Returns how to remove the file.
 */
export function openInBrowser(
  url: string,
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
): () => void {
  if (platform === 'linux' && !environment['DISPLAY'] && !environment['WAYLAND_DISPLAY']) return () => undefined
  try {
    const folder = mkdtempSync(join(tmpdir(), 'kalamos-open-'))
    const file = join(folder, 'kalamos.html')
    writeWhole(file, pageThatLeadsTo(url))
    const address = pathToFileURL(file).href
    const [command, args]: [string, string[]] =
      platform === 'darwin'
        ? ['open', [address]]
        : platform === 'win32'
          ? ['rundll32', ['url.dll,FileProtocolHandler', address]]
          : ['xdg-open', [address]]
    spawn(command, args, { stdio: 'ignore', detached: true, env: environment })
      .on('error', () => undefined)
      .unref()
    return () => rmSync(folder, { recursive: true, force: true })
  } catch (error) {
    log('entrypoint').warn('the browser could not be opened', error)
    return () => undefined
  }
}

function pageThatLeadsTo(url: string): string {
  const escaped = url.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
  return `<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${escaped}">
<title>Kalamos</title>
<a href="${escaped}">Kalamos</a>
`
}

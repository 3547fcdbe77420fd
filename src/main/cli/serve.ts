import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { KalamosError } from '../../shared/errors.ts'
import { root } from '../paths.ts'
import { openBrowserDoor } from '../web.ts'
import { print, until, type CommonOptions } from './terminal.ts'
import { verb, whole, type Tools } from './verb.ts'

type Options = CommonOptions & { port: number; host: string; open?: boolean }

/** `serve`: the app for a browser, until Ctrl-C. */
export function serveVerb({ terminal, withApp }: Tools): Command {
  return verb('serve', 'Serve the app to a browser on this machine, until Ctrl-C. Prints the address to open; whoever has it has the app.', [
    'serve',
    'serve --port 8080       (and on your own machine: ssh -L 8080:127.0.0.1:8080 <this machine>)',
  ])
    .option('--port <number>', '0 takes any free one', whole(0, 65535), 0)
    .option('--host <address>', 'listen on this address too; anything but loopback is neither encrypted nor advised', '127.0.0.1')
    .option('--open', 'open the address in the browser, where there is a display')
    .action((options: Options) =>
      withApp({ ...options, door: 'browser' }, async ({ app, databasePath }) => {
        const page = join(root, 'out/renderer')
        if (!existsSync(join(page, 'index.html'))) throw new KalamosError('unavailable', 'The page is not built yet.', 'Run "npm run build".')
        const door = await openBrowserDoor({ host: app, page, port: options.port, address: options.host })
        print(terminal, options, { url: door.url, port: door.port, database: databasePath }, `Kalamos is at ${door.url}`)
        terminal.err(`Database: ${databasePath}. Ctrl-C ends it.\n`)
        if (options.open) openInBrowser(door.url)
        await until(terminal.signal, () => [])
        await door.close()
        terminal.err('Kalamos has ended.\n')
      }),
    )
}

/** Opens an address with the system's own means, where somebody can see it. That it fails is no problem: the address is printed. */
function openInBrowser(url: string): void {
  const { platform, env } = process
  if (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return
  const [command, args]: [string, string[]] =
    platform === 'darwin' ? ['open', [url]] : platform === 'win32' ? ['rundll32', ['url.dll,FileProtocolHandler', url]] : ['xdg-open', [url]]
  spawn(command, args, { stdio: 'ignore', detached: true }).on('error', () => undefined).unref()
}

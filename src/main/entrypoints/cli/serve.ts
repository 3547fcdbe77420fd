import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { KalamosError } from '../../../shared/errors.ts'
import { sentPictures } from '../../training/queue/sent-pictures.ts'
import { root } from '../../files/paths.ts'
import { doorFile, passingFolder } from '../../store/places.ts'
import { openBrowserServer } from '../web.ts'
import { openInBrowser } from '../web/in-browser.ts'
import { memoryIn } from '../web/memory.ts'
import { print, until, type CommonOptions } from './terminal.ts'
import { verb, whole, type Tools } from './verb.ts'

type Options = CommonOptions & { port: number; host: string; open?: boolean }

/** `serve`: the app for a browser, until Ctrl-C. */
export function serveVerb({ terminal, withApp }: Tools): Command {
  return verb(
    'serve',
    'Serve the app to a browser on this machine, until Ctrl-C. Prints the address to open; everybody who has it ' +
      'can use the app.',
    ['serve', 'serve --port 8080       (and on your own machine: ssh -L 8080:127.0.0.1:8080 <this machine>)'],
  )
    .option('--port <number>', '0 takes the port of the last time if it is free, else any free one', whole(0, 65535), 0)
    .option(
      '--host <address>',
      'also listen on this address; anything but loopback is not encrypted, and not advised',
      '127.0.0.1',
    )
    .option('--open', 'open the address in the browser, if there is a display')
    .action((options: Options) =>
      withApp({ ...options, entryPoint: 'browser' }, async ({ app, databasePath }) => {
        const page = join(root, 'out/renderer')
        if (!existsSync(join(page, 'index.html')))
          throw new KalamosError('unavailable', 'The page is not built yet.', 'Run "npm run build".')
        const browserServer = await openBrowserServer({
          host: app,
          page,
          port: options.port,
          address: options.host,
          memory: memoryIn(doorFile(app.store.path)),
          transfers: passingFolder(app.store.path),
          lasting: sentPictures(app.store),
        })
        print(
          terminal,
          options,
          { url: browserServer.url, port: browserServer.port, database: databasePath },
          `Kalamos is at ${browserServer.url}`,
        )
        terminal.err(`Database: ${databasePath}. Press Ctrl-C to stop.\n`)
        const forget = options.open ? openInBrowser(browserServer.url) : () => undefined
        await until(terminal.signal, () => [])
        forget()
        await browserServer.close()
        terminal.err('Kalamos has ended.\n')
      }),
    )
}

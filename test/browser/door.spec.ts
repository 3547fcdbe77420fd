import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, serveApp, test } from './served-app.ts'

test('the printed address opens the app, and the token leaves the address bar', async ({ page, served }) => {
  await page.goto(served.url)
  await expect(page.getByRole('navigation').first()).toBeVisible()
  expect(page.url()).not.toContain('token')
})

test('the page keeps to its policy', async ({ page, served }) => {
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(error.message))
  await page.goto(served.url)
  for (const name of ['devices', 'record', 'recordings', 'train', 'recognise']) {
    await page.goto(`${served.origin}/#/${name}`)
    await expect(page.getByRole('heading').first()).toBeVisible()
  }
  expect(problems).toEqual([])
})

test('after a reload the session still opens the app', async ({ page, served }) => {
  await page.goto(served.url)
  await expect(page.getByRole('navigation').first()).toBeVisible()
  await page.reload()
  await expect(page.getByRole('navigation').first()).toBeVisible()
})

test('without a token the page shows nothing of the app and says where to find the address', async ({
  page,
  served,
}) => {
  await page.goto(served.origin)
  await expect(page.getByText(/address/i).first()).toBeVisible()
})

test('a window opens another one, which needs no address of its own', async ({ context, page, served }) => {
  await page.goto(served.url)
  const [other] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('link', { name: 'Another window' }).click(),
  ])
  await expect(other.getByRole('heading', { level: 1, name: 'Devices' })).toBeVisible()
  await page.close()
  await other.reload()
  await expect(other.getByRole('heading', { level: 1, name: 'Devices' })).toBeVisible()
})

test('two windows at once see the same: what one adds, the other shows', async ({ context, served }) => {
  const [first, second] = [await context.newPage(), await context.newPage()]
  for (const page of [first, second]) {
    await page.goto(served.url)
    await expect(page.getByRole('navigation').first()).toBeVisible()
  }
  await first.getByRole('main').getByRole('button', { name: 'Add virtual pen' }).last().click()
  await first.getByRole('button', { name: 'Add and open' }).click()
  for (const page of [first, second]) {
    await page.goto(`${served.origin}/#/devices`)
    await expect(page.getByText(/Virtual pen/).first()).toBeVisible()
  }
})

test('another server on this machine learns nothing of the session from the browser that both are open in', async ({
  context,
  page,
  served,
}) => {
  const seen: string[] = []
  const other = createServer((request, response) => {
    seen.push(JSON.stringify(request.headers))
    response
      .setHeader('content-type', 'text/html')
      .end(request.url === '/hop' ? '<script>location = "/second"</script>' : '<title>second</title>')
  }).listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  await page.goto(served.url)
  await expect(page.getByRole('navigation').first()).toBeVisible()
  const stranger = await context.newPage()
  await stranger.goto(`http://127.0.0.1:${port}/hop`)
  await expect(stranger).toHaveTitle('second')
  expect(await context.cookies()).toEqual([])
  expect(await stranger.evaluate(() => [sessionStorage.length, document.cookie])).toEqual([0, ''])
  expect(seen.join('\n')).not.toMatch(/cookie|kalamos/i)
  other.close()
  other.closeAllConnections()
})

test('a page of another site can neither ask nor listen', async ({ page, served }) => {
  await page.goto(served.url)
  await expect(page.getByRole('navigation').first()).toBeVisible()
  const other = await serveApp()
  await page.goto(other.origin)
  const outcomes = await page.evaluate(async (origin) => {
    const socket = new Promise((resolve) => {
      try {
        const opened = new WebSocket(origin.replace('http', 'ws') + '/socket')
        opened.onopen = () => resolve('opened')
        opened.onerror = () => resolve('refused')
      } catch {
        resolve('refused')
      }
    })
    const session = fetch(`${origin}/session`, { credentials: 'include' }).then(
      () => 'read',
      () => 'refused',
    )
    return Promise.all([socket, session])
  }, served.origin)
  expect(outcomes).toEqual(['refused', 'refused'])
  await other.stop()
})

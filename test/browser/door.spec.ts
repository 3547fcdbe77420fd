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

test('after a reload the cookie still opens the app', async ({ page, served }) => {
  await page.goto(served.url)
  await expect(page.getByRole('navigation').first()).toBeVisible()
  await page.reload()
  await expect(page.getByRole('navigation').first()).toBeVisible()
})

test('without a token the page shows nothing of the app and says where to find the address', async ({ page, served }) => {
  await page.goto(served.origin)
  await expect(page.getByText(/address/i).first()).toBeVisible()
})

test('two windows at once see the same: what one adds, the other shows', async ({ context, served }) => {
  const [first, second] = [await context.newPage(), await context.newPage()]
  for (const page of [first, second]) {
    await page.goto(served.url)
    await expect(page.getByRole('navigation').first()).toBeVisible()
  }
  const ask = (name: string, input: unknown) =>
    first.evaluate(
      ([request, given]) =>
        new Promise<unknown>((resolve, reject) => {
          const socket = new WebSocket(`ws://${location.host}/socket`)
          socket.onopen = () => socket.send(JSON.stringify({ id: 1, request, input: given }))
          socket.onmessage = ({ data }) => {
            const answer = JSON.parse(String(data)) as { id?: number }
            // What happens in the app comes along on the same line.
            if (answer.id !== 1) return
            resolve(answer)
            socket.close()
          }
          socket.onerror = () => reject(new Error('refused'))
        }),
      [name, input] as const,
    )
  expect(await ask('devices.addVirtual', { seed: 7, handedness: 'right' })).toMatchObject({ output: { kind: 'virtual' } })
  for (const page of [first, second]) {
    await page.goto(`${served.origin}/#/devices`)
    await expect(page.getByText(/Virtual pen/).first()).toBeVisible()
  }
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
    const session = fetch(`${origin}/session`, { credentials: 'include' }).then(() => 'read', () => 'refused')
    return Promise.all([socket, session])
  }, served.origin)
  expect(outcomes).toEqual(['refused', 'refused'])
  await other.stop()
})

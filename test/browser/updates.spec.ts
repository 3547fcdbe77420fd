import type { Page } from '@playwright/test'
import { expect, test } from './served-app.ts'

/** Lets the page take the host for that of an installed app, which can replace itself; all else is the real host. */
async function asInstalled(page: Page): Promise<void> {
  await page.routeWebSocket(/.*/, (socket) => {
    const host = socket.connectToServer()
    host.onMessage((message) =>
      socket.send(
        typeof message === 'string' ? message.replace('"updatesItself":false', '"updatesItself":true') : message,
      ),
    )
  })
}

test('an installed app looks for updates only once a person switches that on, and every window sees it', async ({
  page,
  served,
}) => {
  await asInstalled(page)
  await page.goto(served.url)
  await page.getByRole('link', { name: 'Settings' }).click()
  const look = page.getByRole('checkbox', { name: 'Look for updates' })
  await expect(look).not.toBeChecked()
  await look.check()
  const other = await page.context().newPage()
  await asInstalled(other)
  await other.goto(served.url)
  await other.getByRole('link', { name: 'Settings' }).click()
  await expect(other.getByRole('checkbox', { name: 'Look for updates' })).toBeChecked()
  await other.getByRole('checkbox', { name: 'Look for updates' }).uncheck()
  await expect(look).not.toBeChecked()
})

test('an app that runs from its folder offers no such switch, and says how to get a newer version', async ({
  page,
  served,
}) => {
  await page.goto(served.url)
  await page.getByRole('link', { name: 'Settings' }).click()
  const updates = page.getByRole('region', { name: 'Updates' })
  await expect(updates).toContainText('git pull')
  await expect(updates.getByRole('checkbox')).toHaveCount(0)
})

import { firstStart } from './first-start.ts'
import { expect, test } from './served-app.ts'

test('whoever starts for the first time, without a pen, is led to a read word by what is on the screen', async ({
  page,
  served,
}) => {
  await firstStart(page, served.url)
  await expect(page.getByRole('region', { name: 'How it was read' }).getByText('Latency')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Text' }).getByRole('button').first()).toBeVisible()
  // Who has been led there is not led again.
  await page.getByRole('link', { name: 'Devices', exact: true }).click()
  await expect(page.getByText('Streaming')).toBeVisible()
  await expect(page.getByText('First steps')).toBeHidden()
})

import { expect, test } from './served-app.ts'

const PAGES = [
  { path: 'devices', English: 'Devices', Deutsch: 'Geräte' },
  { path: 'record', English: 'Record', Deutsch: 'Aufnehmen' },
  { path: 'recordings', English: 'Recordings', Deutsch: 'Aufnahmen' },
  { path: 'train', English: 'Train', Deutsch: 'Trainieren' },
  { path: 'recognise', English: 'Recognise', Deutsch: 'Erkennen' },
  { path: 'adapt', English: 'Adapt', Deutsch: 'Anpassen' },
  { path: 'protocols', English: 'Protocols', Deutsch: 'Protokolle' },
  { path: 'settings', English: 'Settings', Deutsch: 'Einstellungen' },
]
/** What opens the whole form on the Protocols page. */
const FORM = {
  English: ['In a form', 'When a word is to be checked, or to be written again'],
  Deutsch: ['Als Formular', 'Ab wann ein Wort zu prüfen oder zu wiederholen ist'],
} as const
const SIZES = [
  { width: 420, height: 800 },
  { width: 800, height: 600 },
]

test('no page scrolls sideways in a small window, in either language', async ({ page, served }) => {
  await page.goto(served.url)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  for (const language of ['English', 'Deutsch'] as const) {
    await page.goto(`${served.origin}/#/settings`)
    await page.getByRole('radio', { name: language }).click()
    for (const size of SIZES) {
      await page.setViewportSize(size)
      for (const { path, ...titles } of PAGES) {
        await page.goto(`${served.origin}/#/${path}`)
        await expect(page.getByRole('heading', { level: 1, name: titles[language], exact: true })).toBeVisible()
        if (path === 'protocols') {
          await page.getByRole('radio', { name: FORM[language][0], exact: true }).click()
          await page.locator('summary').filter({ hasText: FORM[language][1] }).click()
        }
        const wider = await page
          .locator('#content')
          .evaluate((content) =>
            Math.max(content.scrollWidth - content.clientWidth, document.documentElement.scrollWidth - innerWidth),
          )
        expect.soft(wider, `${path} at ${size.width} pixels, ${language}`).toBe(0)
      }
    }
  }
})

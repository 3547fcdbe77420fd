import { faults, open, pagesOf, test } from './accessible-app.ts'
import { expect } from './served-app.ts'

/** What can differ by theme or language alone. */
const RULES_OF_LOOK = [
  'color-contrast',
  'html-has-lang',
  'html-lang-valid',
  'valid-lang',
  'label',
  'button-name',
  'link-name',
  'aria-input-field-name',
  'document-title',
]

for (const { rules, ...look } of [
  { colorScheme: 'light', locale: 'en-GB', rules: undefined },
  { colorScheme: 'dark', locale: 'de-DE', rules: RULES_OF_LOOK },
] as const) {
  test(`no page offends against the rules of accessibility (${look.colorScheme}, ${look.locale})`, async ({
    browser,
    filled,
  }) => {
    const page = await open(browser, filled, look)
    await expect(page.locator('html')).toHaveAttribute('lang', look.locale.slice(0, 2))
    for await (const name of pagesOf(page)) expect.soft(await faults(page, { rules }), name).toEqual([])
    await page.evaluate(() => void (location.hash = '#/prompt'))
    await page.locator('nav').waitFor({ state: 'detached' })
    expect.soft(await faults(page, { rules }), 'the view of the writer').toEqual([])
    await page.context().close()
  })
}

test('the keyboard reaches what the mouse does, and shows where it is', async ({ browser, filled }) => {
  const page = await open(browser, filled, { colorScheme: 'light', locale: 'en-GB' })
  for await (const name of pagesOf(page)) {
    // From the first stop on, reached by keys, as `:focus-visible` wants it.
    await page.locator('a[href="#content"]').focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Shift+Tab')
    const seen = new Set<number>()
    for (; ; await page.keyboard.press('Tab')) {
      const focus = await page.evaluate(() => {
        const element = document.activeElement
        if (element === null || element === document.body) return null
        const known = (window as unknown as { order?: Element[] }).order ?? []
        ;(window as unknown as { order?: Element[] }).order = known
        if (!known.includes(element)) known.push(element)
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
        const { width, height } = element.getBoundingClientRect()
        const shows = (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
        return {
          at: known.indexOf(element),
          shows: shows && width > 1 && height > 1,
          html: element.outerHTML.slice(0, 160),
        }
      })
      if (focus === null || seen.has(focus.at)) break
      seen.add(focus.at)
      expect.soft(focus.shows, `${name}: the focus is seen on ${focus.html}`).toBe(true)
    }
    expect.soft(seen.size, `${name}: places that Tab stops at`).toBeGreaterThan(12)
    const mouseOnly = await page.evaluate(() => {
      const operable =
        'a[href], button, input, select, textarea, summary, label, [tabindex], [role=menuitem], [role=option]'
      const candidates = [...document.querySelectorAll('main *')].filter(
        (element) => getComputedStyle(element).cursor === 'pointer',
      )
      return candidates
        .filter((element) => element.closest(operable) === null)
        .map((element) => element.outerHTML.slice(0, 160))
    })
    expect.soft(mouseOnly, `${name}: only the mouse reaches`).toEqual([])
  }
  await page.context().close()
})

test('nothing moves by itself where a person wants less motion', async ({ browser, filled }) => {
  const page = await open(browser, filled, { colorScheme: 'light', locale: 'en-GB' })
  for await (const name of pagesOf(page)) {
    const moving = await page.evaluate(
      () =>
        document
          .getAnimations()
          .filter(
            (animation) =>
              animation.playState === 'running' && Number(animation.effect?.getComputedTiming().duration) > 1,
          ).length,
    )
    expect(moving, name).toBe(0)
  }
  await page.context().close()
})

test('the language changes while the page stays, and every window remembers it', async ({ browser, filled }) => {
  const page = await open(browser, filled, { colorScheme: 'light', locale: 'en-GB' })
  const other = await page.context().newPage()
  await other.goto(filled.url)
  await other.goto(`${filled.origin}/#/recordings`)
  await expect(other.getByRole('heading', { level: 1, name: 'Recordings' })).toBeVisible()
  await page.getByRole('button', { name: 'Language' }).click()
  await page.getByRole('menuitemradio', { name: 'Deutsch' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Geräte' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await expect(other.getByRole('heading', { level: 1, name: 'Aufnahmen' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'Geräte' })).toBeVisible()
  await page.getByRole('button', { name: 'Sprache' }).click()
  await page.getByRole('menuitemradio', { name: 'Wie das System' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Devices' })).toBeVisible()
  await page.context().close()
})

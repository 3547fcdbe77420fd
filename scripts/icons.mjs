// @ts-check
// npm run icons: renders the icon, build/icon.svg, in the sizes and formats that systems ask for. What it writes is
// committed.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { IconIcns, IconIco } from '@shockpkg/icon-encoder'
import { root } from './node.mjs'
import { main, say, withoutOptions } from './say.mjs'

export const SOURCE = 'build/icon.svg'
/** The page shows the drawing itself. */
export const FAVICON = 'src/renderer/public/icon.svg'
const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512]
const WINDOWS_SIZES = [16, 24, 32, 48, 64, 128, 256]
/** What macOS calls an image of so many pixels. */
const MAC_TYPES = /** @type {const} */ ([
  ['ic04', 16],
  ['ic11', 32],
  ['ic05', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
])
/** On macOS the tile of an icon leaves a margin on each side: 100 of 1024 pixels. */
const MAC_MARGIN = 100 / 1024

/** Every rendered file by its path in the repository. @returns {Promise<Map<string, Uint8Array>>} */
export async function renderIcons() {
  const ico = new IconIco()
  for (const size of WINDOWS_SIZES) await ico.addFromPng(await render(size), size === 256, true)
  const icns = new IconIcns()
  for (const [type, size] of MAC_TYPES) await icns.addFromPng(await render(size, MAC_MARGIN), [type], size > 32)
  const linux = await Promise.all(
    LINUX_SIZES.map(async (size) => /** @type {const} */ ([`build/icons/${size}x${size}.png`, await render(size)])),
  )
  return new Map([
    ...linux,
    ['build/icon.ico', ico.encode()],
    ['build/icon.icns', icns.encode()],
    ['resources/icon.png', await render(256)],
  ])
}

/**
 * A PNG of so many pixels each way.
 * @param {number} size
 * @param {number} margin as a share of the size, on each side
 */
async function render(size, margin = 0) {
  const drawing = await loadImage(await readFile(join(root, SOURCE)))
  const edge = size * margin
  // An SVG is drawn afresh in the size that it is given here; scaled while it is copied, it would blur.
  drawing.width = drawing.height = Math.round(size - 2 * edge)
  const canvas = createCanvas(size, size)
  canvas.getContext('2d').drawImage(drawing, edge, edge, size - 2 * edge, size - 2 * edge)
  return canvas.encode('png')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    const told = withoutOptions(
      `npm run icons: renders ${SOURCE} anew in all sizes and formats that systems ask for, and writes the files over.`,
    )
    if (told !== null) return told
    for (const [path, bytes] of await renderIcons()) {
      await mkdir(dirname(join(root, path)), { recursive: true })
      await writeFile(join(root, path), bytes)
      say(`${path}: ${(bytes.length / 1024).toFixed(1)} KiB`)
    }
    await copyFile(join(root, SOURCE), join(root, FAVICON))
    say(`${FAVICON}: the drawing itself`)
    return 0
  })
}

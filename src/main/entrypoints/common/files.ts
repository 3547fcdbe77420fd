import { extname, join, normalize, sep } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
}

/** The media type of a file of the page, by its ending. */
export function contentType(path: string): string {
  return TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream'
}

/**
 * The file that a URL's path names within `folder`, or null where it names none: not decodable, a control
 * character, a backslash, or a way out of the folder. `/` is `index.html`.
 */
export function fileWithin(folder: string, urlPath: string): string | null {
  let path: string
  try {
    path = decodeURIComponent(urlPath)
  } catch {
    return null
  }
  if (!path.startsWith('/') || /[\p{Cc}\\:]/u.test(path)) return null
  if (path.split('/').includes('../..')) return null
  const file = normalize(join(folder, path === '/' ? '/index.html' : path))
  return file.startsWith(normalize(folder) + sep) ? file : null
}

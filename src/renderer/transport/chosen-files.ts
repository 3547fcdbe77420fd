import type { Sendable } from './file-line.ts'

/** What was chosen in a field for files or for a folder. */
export function filesOf(list: FileList): Sendable[] {
  return [...list].map((file) => ({ file, place: asPlace(file.webkitRelativePath || file.name) }))
}

/**
 * What was dropped, with all that lies in folders. To be called while the event is handled: later a browser shows
 * nothing any more.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<Sendable[]> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  // What another program drags as data is a file without a place.
  if (entries.length === 0) return filesOf(transfer.files)
  return (await Promise.all(entries.map((entry) => under(entry, '')))).flat()
}

async function under(entry: FileSystemEntry, folder: string): Promise<Sendable[]> {
  const place = folder + entry.name
  if (isFile(entry))
    return [{ file: await new Promise<File>((resolve, reject) => entry.file(resolve, reject)), place: asPlace(place) }]
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const sendable: Sendable[] = []
  for (;;) {
    // A browser gives a hundred at a time, and none when there are no more.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return sendable
    for (const each of some) sendable.push(...(await under(each, `${place}/`)))
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

/** Signs that a name on the other machine must not have. */
function asPlace(path: string): string {
  return path.replace(/[\p{Cc}\\:]/gu, '_')
}

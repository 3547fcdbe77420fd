import type { native as english } from '../../../../shared/messages/en/native.ts'
import type { Translation } from '../../../../shared/messages/render.ts'

/** Why a library with native code cannot be used, and what works without it. */
export const native: Translation<typeof english> = {
  'native.cpu-instead': 'Gerechnet wird stattdessen auf der CPU.',
  'native.hid-works-without': 'HID-Geräte gehen ohne sie.',
  'native.install-anew': 'Kalamos neu installieren; in einem Checkout den Ordner node_modules löschen und neu starten.',
  'native.install-library': 'Die Systembibliothek {missing} installieren.',
  'native.install-library-debian':
    'Die Systembibliothek {missing} installieren (Debian und Ubuntu: sudo apt install {debian}).',
  'native.no-database': 'Die Datenbank ist nicht benutzbar: {said}',
  'native.no-hid': 'HID-Geräte sind nicht erreichbar: {said}',
  'native.no-serial-ports': 'Serielle Schnittstellen sind nicht erreichbar: {said}',
  'native.no-webgpu': 'WebGPU ist nicht benutzbar: {said}',
  'native.no-word-images': 'Wortbilder lassen sich nicht zeichnen: {said}',
  'native.other-c-library': 'Das Programm darin ist für eine andere C-Bibliothek gemacht, als dieses System hat.',
  'native.other-machine': 'Das Programm darin ist für eine andere Art von Rechner gemacht.',
  'native.recording-works-without': 'Aufnehmen und Lesen gehen ohne sie.',
  'native.serial-works-without': 'Serielle Geräte gehen ohne sie.',
  'native.system-too-old': 'Dieses System ist dafür zu alt: Es braucht Debian 12, Ubuntu 22.04 oder neuer.',
}

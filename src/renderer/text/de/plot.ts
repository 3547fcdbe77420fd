import type { plot as en } from '../en/plot.ts'
import { many } from './many.ts'

const frames = (count: number): string => many(count, 'Frame', 'Frames')

export const plot: typeof en = {
  plot: {
    live: (device: string, channels: number) =>
      `Laufendes Signal von ${device}, ${many(channels, 'Kanal', 'Kanäle')}, die letzten zehn Sekunden`,
    waiting: 'Warten auf Messwerte …',
    stored: (label: string, seconds: string) => `Signal von „${label}“, ${seconds}`,
    zoomHint: 'Ziehen vergrößert, Doppelklick zeigt alles',
    gap: (lost: number) => `${frames(lost)} verloren`,
    gaps: (holes: number, lost: number) =>
      `${frames(lost)} in ${many(holes, 'Lücke', 'Lücken')} verloren, im Bild markiert`,
    noGaps: 'Kein Frame verloren',
    save: 'Als Bild speichern',
    picture: (label: string) => `Signal von „${label}“: Bewegung als Linie, darunter die Kraft`,
  },
}

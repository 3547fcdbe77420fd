import { many } from './many.ts'

export const plot = {
  plot: {
    live: (device: string, channels: number) =>
      `Live signal of ${device}, ${many(channels, 'channel')}, the last ten seconds`,
    waiting: 'Waiting for samples…',
    stored: (label: string, seconds: string) => `Signal of “${label}”, ${seconds}`,
    zoomHint: 'Drag to zoom, double-click for all',
    gap: (lost: number) => `${many(lost, 'frame')} lost`,
    gaps: (holes: number, lost: number) => `${many(lost, 'frame')} lost in ${many(holes, 'gap')}, marked in the plot`,
    noGaps: 'No frame lost',
    save: 'Save as a picture',
    picture: (label: string) => `Signal of “${label}”: motion as a line, force below it`,
  },
}

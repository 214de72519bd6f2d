import { type Locator } from '@playwright/test';

/** A part of a canvas: shares of its width from the left. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/**
 * The share of a canvas' pixels, within a part of its width, that bear colour: lines and bands do, axes, grid and
 * shading are grey. 0..1; 0 where nothing is drawn.
 */
export function colouredShare(canvas: Locator, { from, to }: Part): Promise<number> {
  return canvas.evaluate(
    (element: HTMLCanvasElement, part) => {
      const left = Math.floor(element.width * part.from);
      const width = Math.max(1, Math.floor(element.width * part.to) - left);
      const pixels = element.getContext('2d')?.getImageData(left, 0, width, element.height).data ?? [];
      let coloured = 0;
      for (let at = 0; at < pixels.length; at += 4) {
        const rgb = [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0];
        const isVisible = (pixels[at + 3] ?? 0) > 24;
        if (isVisible && Math.max(...rgb) - Math.min(...rgb) > 40) {
          coloured += 1;
        }
      }
      return coloured / (width * element.height);
    },
    { from, to }
  );
}

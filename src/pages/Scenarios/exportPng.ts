import type { GrafanaTheme2 } from '@grafana/data';
import { drawElement } from './drawElement';

const GAP = 16;
const TITLE_HEIGHT = 32;

/** Draws the charts inside elements onto one picture, below each other, with a title; null where there is none to draw. */
export function chartsPicture(
  elements: readonly HTMLElement[],
  title: string,
  theme: GrafanaTheme2
): Promise<Blob | null> {
  const shown = elements.filter((element) => element.querySelector('canvas, figure svg') !== null);
  if (shown.length === 0) {
    return Promise.resolve(null);
  }
  const ratio = window.devicePixelRatio;
  const boxes = shown.map((element) => element.getBoundingClientRect());
  const width = Math.max(...boxes.map((box) => box.width)) + 2 * GAP;
  const height = boxes.reduce((sum, box) => sum + box.height + GAP, TITLE_HEIGHT + GAP);
  const picture = document.createElement('canvas');
  picture.width = Math.ceil(width * ratio);
  picture.height = Math.ceil(height * ratio);
  const ctx = picture.getContext('2d');
  if (ctx === null) {
    return Promise.resolve(null);
  }
  ctx.fillStyle = theme.colors.background.primary;
  ctx.fillRect(0, 0, picture.width, picture.height);
  ctx.fillStyle = theme.colors.text.primary;
  ctx.font = `${theme.typography.fontSize * ratio}px ${theme.typography.fontFamily}`;
  ctx.textBaseline = 'middle';
  ctx.fillText(title, GAP * ratio, (GAP + TITLE_HEIGHT / 2) * ratio);
  let top = TITLE_HEIGHT + GAP;
  shown.forEach((element, index) => {
    drawElement(ctx, element, { ratio, left: GAP, top });
    top += (boxes[index]?.height ?? 0) + GAP;
  });
  return new Promise((resolve) => picture.toBlob(resolve, 'image/png'));
}

import type { GrafanaTheme2 } from '@grafana/data';

const GAP = 16;
const TITLE_HEIGHT = 32;

/** Draws the charts inside an element onto one picture, with a title; null where there is none to draw. */
export function chartsPicture(element: HTMLElement, title: string, theme: GrafanaTheme2): Promise<Blob | null> {
  const charts = [...element.querySelectorAll('canvas')].filter(({ width, height }) => width > 0 && height > 0);
  if (charts.length === 0) {
    return Promise.resolve(null);
  }
  const ratio = window.devicePixelRatio;
  const outer = element.getBoundingClientRect();
  const picture = document.createElement('canvas');
  picture.width = Math.ceil((outer.width + 2 * GAP) * ratio);
  picture.height = Math.ceil((outer.height + 2 * GAP + TITLE_HEIGHT) * ratio);
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
  for (const chart of charts) {
    const inner = chart.getBoundingClientRect();
    const left = (inner.left - outer.left + GAP) * ratio;
    const top = (inner.top - outer.top + GAP + TITLE_HEIGHT) * ratio;
    ctx.drawImage(chart, left, top, inner.width * ratio, inner.height * ratio);
  }
  return new Promise((resolve) => picture.toBlob(resolve, 'image/png'));
}

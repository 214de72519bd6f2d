import { html, type SafeHtml } from './html.ts';

export interface PlotLine {
  readonly name: string;
  readonly color: string;
  /** `[day]`, NaN where nothing is known: the line has a hole there. */
  readonly values: readonly number[];
  readonly isBars?: boolean;
}

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [720, 190, 60, 22, 8];
const TICKS = 4;

/** Daily figures as lines or bars on one axis that holds zero; `labels` are those of the days. */
export function linePlot(title: string, unit: string, labels: readonly string[], lines: readonly PlotLine[]): SafeHtml {
  const known = lines.flatMap(({ values }) => values.filter(Number.isFinite));
  if (known.length === 0) {
    return html`<p class="quiet">${title}: nothing was measured.</p>`;
  }
  if (known.every((value) => value === 0)) {
    return html`<p class="quiet">${title}: none on any day.</p>`;
  }
  const [low, high] = [Math.min(0, ...known), Math.max(0, ...known)];
  const span = high - low || 1;
  const slot = (WIDTH - LEFT) / Math.max(1, labels.length);
  const x = (day: number): number => LEFT + (day + 0.5) * slot;
  const y = (value: number): number => TOP + ((high - value) / span) * (HEIGHT - TOP - BOTTOM);
  const ticks = Array.from({ length: TICKS + 1 }, (_, i) => low + (i * span) / TICKS);
  const every = Math.max(1, Math.ceil(labels.length / 10));
  return html`<figure>
    <figcaption>
      ${title} (${unit})
      ${lines.map(({ name, color }) => html`<span class="key" style="background:${color}"></span><span class="quiet">${name}</span>`)}
    </figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">
      ${ticks.map(
        (tick) =>
          html`<line x1="${LEFT}" x2="${WIDTH}" y1="${fixed(y(tick))}" y2="${fixed(y(tick))}" stroke="#e5e9f0" /><text
              x="${LEFT - 6}"
              y="${fixed(y(tick) + 4)}"
              text-anchor="end"
              >${tickText(tick)}</text
            >`
      )}
      <line x1="${LEFT}" x2="${WIDTH}" y1="${fixed(y(0))}" y2="${fixed(y(0))}" stroke="#8a93a3" />
      ${labels.map((label, day) =>
        day % every === 0 ? html`<text x="${fixed(x(day))}" y="${HEIGHT - 6}" text-anchor="middle">${label}</text>` : ''
      )}
      ${lines.map((line, index) => (line.isBars === true ? bars(line, lines, index) : curve(line)))}
    </svg>
  </figure>`;

  function bars({ values, color }: PlotLine, all: readonly PlotLine[], index: number): SafeHtml {
    const count = all.filter(({ isBars }) => isBars).length;
    const width = (0.8 * slot) / count;
    return html`${values.map((value, day) =>
      Number.isFinite(value)
        ? html`<rect
            x="${fixed(x(day) - 0.4 * slot + index * width)}"
            y="${fixed(Math.min(y(value), y(0)))}"
            width="${fixed(width)}"
            height="${fixed(Math.abs(y(value) - y(0)))}"
            fill="${color}"
          />`
        : ''
    )}`;
  }

  function curve({ values, color }: PlotLine): SafeHtml {
    let path = '';
    values.forEach((value, day) => {
      if (Number.isFinite(value)) {
        path += `${Number.isFinite(values[day - 1]) ? 'L' : 'M'}${fixed(x(day))} ${fixed(y(value))}`;
      }
    });
    // A day alone between two holes is a dot.
    return html`<path d="${path}" fill="none" stroke="${color}" stroke-width="2" />${values.map((value, day) =>
        Number.isFinite(value)
          ? html`<circle cx="${fixed(x(day))}" cy="${fixed(y(value))}" r="2" fill="${color}" />`
          : ''
      )}`;
  }
}

function fixed(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function tickText(value: number): string {
  return Math.abs(value) >= 1000
    ? `${String(Number((value / 1000).toPrecision(3)))}k`
    : String(Number(value.toPrecision(3)));
}

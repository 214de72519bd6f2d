export interface Palette {
  /** Red, green and blue of each colour in turn. */
  readonly table: Uint8Array;
  /** For each pixel, its colour in the table. */
  readonly indices: Uint8Array;
}

interface Colour {
  readonly rgb: readonly [number, number, number];
  readonly count: number;
}

/** The colours that stand for all of a picture's, at most `most` (256 or fewer), by median cut; `pixels` are red, green, blue and alpha in turn. */
export function palette(pixels: Uint8Array, most: number): Palette {
  const counts = new Map<number, number>();
  for (let at = 0; at < pixels.length; at += 4) {
    const key = keyAt(pixels, at);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  let boxes: Colour[][] = [
    [...counts].map(([key, count]) => ({ rgb: [key >> 16, (key >> 8) & 255, key & 255] as const, count })),
  ];
  while (boxes.length < most) {
    const widest = boxes.reduce((best, box) => (spreadOf(box).weight > spreadOf(best).weight ? box : best));
    if (widest.length < 2) {
      break;
    }
    boxes = [...boxes.filter((box) => box !== widest), ...halves(widest)];
  }
  const table = new Uint8Array(boxes.length * 3);
  const indexOf = new Map<number, number>();
  boxes.forEach((box, index) => {
    table.set(meanOf(box), index * 3);
    for (const { rgb } of box) {
      indexOf.set((rgb[0] << 16) | (rgb[1] << 8) | rgb[2], index);
    }
  });
  const indices = new Uint8Array(pixels.length / 4);
  for (let pixel = 0; pixel < indices.length; pixel++) {
    indices[pixel] = indexOf.get(keyAt(pixels, pixel * 4)) ?? 0;
  }
  return { table, indices };
}

function keyAt(pixels: Uint8Array, at: number): number {
  return ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
}

/** The channel in which a box is widest, and how much it matters: its width, weighted by how many pixels it has. */
function spreadOf(box: readonly Colour[]): { readonly channel: 0 | 1 | 2; readonly weight: number } {
  let channel: 0 | 1 | 2 = 0;
  let widest = -1;
  for (const each of [0, 1, 2] as const) {
    let least = 255;
    let most = 0;
    for (const { rgb } of box) {
      least = Math.min(least, rgb[each]);
      most = Math.max(most, rgb[each]);
    }
    if (most - least > widest) {
      widest = most - least;
      channel = each;
    }
  }
  const count = box.reduce((sum, each) => sum + each.count, 0);
  return { channel, weight: box.length < 2 ? -1 : widest * Math.sqrt(count) };
}

/** Cut where half of the pixels lie on each side. */
function halves(box: readonly Colour[]): [Colour[], Colour[]] {
  const { channel } = spreadOf(box);
  const sorted = [...box].sort((a, b) => a.rgb[channel] - b.rgb[channel]);
  const half = sorted.reduce((sum, each) => sum + each.count, 0) / 2;
  let seen = 0;
  let cut = 0;
  while (cut < sorted.length - 1 && (cut === 0 || seen + (sorted[cut]?.count ?? 0) <= half)) {
    seen += sorted[cut]?.count ?? 0;
    cut += 1;
  }
  return [sorted.slice(0, cut), sorted.slice(cut)];
}

function meanOf(box: readonly Colour[]): number[] {
  const count = box.reduce((sum, each) => sum + each.count, 0);
  return [0, 1, 2].map((channel) =>
    Math.round(box.reduce((sum, { rgb, count: weight }) => sum + (rgb[channel] ?? 0) * weight, 0) / count)
  );
}

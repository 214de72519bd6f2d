import { type Page } from '@playwright/test';
import { crc32, deflateSync } from 'node:zlib';
import { palette } from './palette';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const INDEXED = 3;
const BEST = 9;

/** A picture with at most `colors` colours, `scale` times as large (1 or less, averaged), as a PNG. `blank` is a page to draw on. */
export async function reducedPicture(
  blank: Page,
  png: Buffer,
  { scale = 1, colors = 256 }: { readonly scale?: number; readonly colors?: number }
): Promise<Buffer> {
  const { width, height, pixels } = await pixelsOf(blank, png, scale);
  const { table, indices } = palette(pixels, colors);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, INDEXED, 0, 0, 0], 8);
  const lines = Buffer.alloc(height * (width + 1));
  for (let row = 0; row < height; row++) {
    lines.set(indices.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  }
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(table)),
    chunk('IDAT', deflateSync(lines, { level: BEST })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** `[row][column][red, green, blue, alpha]` */
  readonly pixels: Uint8Array;
}

/** The browser decodes and averages: Node has neither. */
async function pixelsOf(blank: Page, png: Buffer, scale: number): Promise<Pixels> {
  const { width, height, base64 } = await blank.evaluate(
    async ({ source, factor }) => {
      const bytes = Uint8Array.from(atob(source), (character) => character.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(Math.round(image.width * factor), Math.round(image.height * factor));
      const context = canvas.getContext('2d', { willReadFrequently: true });
      if (context === null) {
        throw new Error('no canvas');
      }
      context.imageSmoothingQuality = 'high';
      context.drawImage(image, 0, 0, canvas.width, canvas.height);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      const text: string[] = [];
      for (let at = 0; at < data.length; at += 0x8000) {
        text.push(String.fromCharCode(...data.subarray(at, at + 0x8000)));
      }
      return { width: canvas.width, height: canvas.height, base64: btoa(text.join('')) };
    },
    { source: png.toString('base64'), factor: scale }
  );
  return { width, height, pixels: Buffer.from(base64, 'base64') };
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

import { Readable } from 'node:stream';

/** Documents as NDJSON, one a line; read no faster than the other side takes them. */
export function lineStream(documents: AsyncIterable<unknown>): Readable {
  return Readable.from(lineTexts(documents), { objectMode: false });
}

async function* lineTexts(documents: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const document of documents) {
    yield `${JSON.stringify(document)}\n`;
  }
}

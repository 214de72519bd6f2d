import { Readable } from 'node:stream';

/** Events as `text/event-stream`, each one JSON document; read no faster than the other side takes them. */
export function eventStream(events: AsyncIterable<unknown>): Readable {
  return Readable.from(eventTexts(events), { objectMode: false, highWaterMark: 1 });
}

async function* eventTexts(events: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const event of events) {
    yield `data: ${JSON.stringify(event)}\n\n`;
  }
}

/**
 * Reads a body as UTF-8 up to `limitBytes` (after decompression); `undefined` where it is larger, the rest unread.
 *
 * A body that breaks off rejects with the connection's error.
 */
export async function readText(
  body: AsyncIterable<Uint8Array> | null,
  limitBytes: number
): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.byteLength;
    if (length > limitBytes) {
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length).toString('utf8');
}

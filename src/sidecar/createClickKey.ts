const BYTES = 16;

/** A name for one click, so that it acts once however often it is sent; `randomUUID` is missing on a page without TLS. */
export function createClickKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(BYTES)), (byte) => byte.toString(16).padStart(2, '0')).join(
    ''
  );
}

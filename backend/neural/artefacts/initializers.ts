/** Reads length-delimited protobuf fields of a message: field number, and bytes or integer. */
function* fields(bytes: Uint8Array): Generator<{ readonly field: number; readonly value: Uint8Array | number }> {
  let offset = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[offset++];
      if (byte === undefined) {
        throw new Error('it ends in the middle of a field');
      }
      value += (byte & 127) * factor;
      if (byte < 128) {
        return value;
      }
    }
  };
  while (offset < bytes.length) {
    const key = varint();
    const kind = key & 7;
    if (kind === 0) {
      yield { field: key >>> 3, value: varint() };
    } else if (kind === 2) {
      const length = varint();
      if (offset + length > bytes.length) {
        throw new Error('it ends in the middle of a field');
      }
      yield { field: key >>> 3, value: bytes.subarray(offset, offset + length) };
      offset += length;
    } else if (kind === 5 || kind === 1) {
      offset += kind === 5 ? 4 : 8;
    } else {
      throw new Error(`a field of unknown kind ${String(kind)}`);
    }
  }
}

const GRAPH = 7;
const INITIALIZER = 5;
const NAME = 8;
const RAW = 9;

/** The float32 initializers of an ONNX model by name, copied; throws where the file is no protobuf. */
export function initializers(model: Uint8Array): Map<string, Float32Array> {
  const found = new Map<string, Float32Array>();
  for (const { field, value } of fields(model)) {
    if (field !== GRAPH || typeof value === 'number') {
      continue;
    }
    for (const inner of fields(value)) {
      if (inner.field !== INITIALIZER || typeof inner.value === 'number') {
        continue;
      }
      let name = '';
      let raw: Uint8Array | undefined;
      for (const part of fields(inner.value)) {
        if (part.field === NAME && typeof part.value !== 'number') {
          name = new TextDecoder().decode(part.value);
        } else if (part.field === RAW && typeof part.value !== 'number') {
          raw = part.value;
        }
      }
      if (raw !== undefined && raw.length % 4 === 0) {
        found.set(name, new Float32Array(Uint8Array.from(raw).buffer));
      }
    }
  }
  return found;
}

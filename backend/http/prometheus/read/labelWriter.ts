import type { LabelSet } from '../../../promql/index.ts';
import { ProtobufWriter } from './protobuf.ts';

/** Encodes the labels of one answer's series, of which many have the same. */
export class LabelWriter {
  readonly #known = new Map<string, Map<string, Buffer>>();

  /** The labels as fields 1 of their series' message. */
  encode({ pairs }: LabelSet): Buffer {
    const fields: Buffer[] = [];
    for (let i = 0; i < pairs.length; i += 2) {
      fields.push(this.#field(pairs[i]!, pairs[i + 1]!));
    }
    return Buffer.concat(fields);
  }

  #field(name: string, value: string): Buffer {
    const values = this.#known.get(name) ?? new Map<string, Buffer>();
    this.#known.set(name, values);
    let field = values.get(value);
    if (field === undefined) {
      const label = new ProtobufWriter(128);
      label.text(1, name);
      label.text(2, value);
      const writer = new ProtobufWriter(128);
      writer.bytes(1, label.finish());
      field = writer.finish();
      values.set(value, field);
    }
    return field;
  }
}

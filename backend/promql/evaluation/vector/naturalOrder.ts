/** Whether `a` stands before `b` where runs of digits count as numbers (`a2` before `a10`). Source: facette/natsort. */
export function isNaturallyBefore(a: string, b: string): boolean {
  const left = chunks(a);
  const right = chunks(b);
  for (let i = 0; i < left.length; i++) {
    const one = left[i]!;
    const other = right[i];
    if (other === undefined) {
      return false;
    }
    const areNumbers = /^\d/.test(one) && /^\d/.test(other);
    if (areNumbers ? Number(one) !== Number(other) : one !== other) {
      return areNumbers ? Number(one) < Number(other) : one < other;
    }
    if (i === left.length - 1) {
      return true;
    }
  }
  return false;
}

function chunks(text: string): readonly string[] {
  return text.match(/\d+|\D+/g) ?? [];
}

/** Reads a label name that was escaped for a URL: `U__my_2e_label` is `my.label`. Source: model.UnescapeName. */
export function unescapeLabelName(name: string): string {
  if (!name.startsWith('U__')) {
    return name;
  }
  const escaped = name.slice(3);
  let text = '';
  for (let at = 0; at < escaped.length;) {
    if (escaped.charAt(at) !== '_') {
      text += escaped.charAt(at++);
      continue;
    }
    const [matched, code] = /^_(?:_|([0-9a-fA-F]{1,6})_)/.exec(escaped.slice(at)) ?? [];
    const point = code === undefined ? undefined : Number.parseInt(code, 16);
    if (matched === undefined || (point !== undefined && point > 0x10ffff)) {
      return name;
    }
    text += point === undefined ? '_' : String.fromCodePoint(point);
    at += matched.length;
  }
  return text;
}

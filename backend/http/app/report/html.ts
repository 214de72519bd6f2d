/** A piece of HTML that is safe: made by `html`, or by this house's own functions. */
export class SafeHtml {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Piece = SafeHtml | string | number | ReadonlyArray<SafeHtml | string>;

/** HTML in which every text and number that is put in is escaped; pieces made by `html` stay as they are. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): SafeHtml {
  return new SafeHtml(parts.reduce((text, part, index) => text + textOf(pieces[index - 1]!) + part));
}

function textOf(piece: Piece): string {
  if (piece instanceof SafeHtml) {
    return piece.text;
  }
  return typeof piece === 'object'
    ? piece.map(textOf).join('')
    : String(piece).replace(/[&<>"'`]/g, (char) => `&#${String(char.charCodeAt(0))};`);
}

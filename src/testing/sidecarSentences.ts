import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** Words of the sidecar that a page may show; holes are `{0}`, or `{name}` in the table of errors. */
export interface SidecarSentence {
  readonly pattern: string;
  readonly file: string;
  readonly line: number;
}

const BACKEND = path.resolve(__dirname, '../../backend');
const OWN_CALLS = /^(RangeError|TypeError|Set|Map|RegExp)$/;
/** What is called with texts for logs, databases and schemas. */
const OTHERS_FIELDS = /^(summary|permission)$/;
const OTHERS_CALLS =
  /^(meta|describe|onEvent|event|tell|prepare|exec|query|run|warn|info|error|startsWith|endsWith|includes|split|join|replace)$/;

/** The sentences in the files and folders named, each with where it first stands; parts that `+` joins are one sentence. */
export function sidecarSentences(places: readonly string[], except: readonly string[] = []): SidecarSentence[] {
  const found = new Map<string, SidecarSentence>();
  for (const file of places.flatMap((place) => sourcesIn(path.join(BACKEND, place)))) {
    const name = path.relative(BACKEND, file);
    if (!except.includes(name)) {
      for (const sentence of sentencesIn(file, name)) {
        found.set(sentence.pattern, found.get(sentence.pattern) ?? sentence);
      }
    }
  }
  return [...found.values()];
}

function sourcesIn(place: string): string[] {
  if (fs.statSync(place).isFile()) {
    return [place];
  }
  return fs
    .readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(file))
    .sort()
    .map((file) => path.join(place, file));
}

function sentencesIn(file: string, name: string): SidecarSentence[] {
  const source = ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: SidecarSentence[] = [];
  const visit = (node: ts.Node): void => {
    if (isOthers(node)) {
      return;
    }
    if (ts.isCallExpression(node) && OTHERS_CALLS.test(calledName(node))) {
      visit(node.expression);
      return;
    }
    const parts = ts.isExpression(node) ? textParts(node) : [node];
    if (parts.some((part) => typeof part === 'string')) {
      const pattern = patternOf(parts);
      if (isWords(pattern)) {
        found.push({ pattern, file: name, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1 });
      }
      parts.filter((part) => typeof part !== 'string').forEach(visit);
    } else {
      ts.forEachChild(node, visit);
    }
  };
  visit(source);
  return found;
}

function isOthers(node: ts.Node): boolean {
  return (
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isTypeNode(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    (ts.isPropertyAssignment(node) && OTHERS_FIELDS.test(node.name.getText())) ||
    (ts.isNewExpression(node) && OWN_CALLS.test(node.expression.getText()))
  );
}

function calledName({ expression }: ts.CallExpression): string {
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
}

/** The texts of an expression and, between them, what is filled in; the expression alone where it is no text. */
function textParts(node: ts.Expression): Array<string | ts.Expression> {
  if (ts.isParenthesizedExpression(node)) {
    const inner = textParts(node.expression);
    return inner.some((part) => typeof part === 'string') ? inner : [node];
  }
  if (ts.isStringLiteralLike(node)) {
    return [node.text];
  }
  if (ts.isTemplateExpression(node)) {
    return [node.head.text, ...node.templateSpans.flatMap((span) => [span.expression, span.literal.text])];
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return [...textParts(node.left), ...textParts(node.right)];
  }
  return [node];
}

function patternOf(parts: ReadonlyArray<string | ts.Node>): string {
  let holes = 0;
  return parts.map((part) => (typeof part === 'string' ? part : `{${holes++}}`)).join('');
}

/** Two words at least, as no identifier has. */
function isWords(pattern: string): boolean {
  const words = pattern.replace(/\{\w+\}/g, ' ');
  return / /.test(pattern) && (words.match(/\p{L}{2,}/gu)?.length ?? 0) >= 2;
}

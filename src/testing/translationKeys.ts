import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export interface TranslationKey {
  readonly key: string;
  readonly text: string;
  readonly file: string;
}

const EXTENSIONS = ['', '.ts', '.tsx'];

/** Every text that a plugin's module can show: all `t` calls and `Trans` elements of the files that it imports. */
export function translationKeys(entry: string): TranslationKey[] {
  return [...importedFiles(entry)].sort().flatMap((file) => keysIn(file));
}

function importedFiles(entry: string): Set<string> {
  const found = new Set<string>();
  const visit = (file: string) => {
    if (found.has(file) || !/\.tsx?$/.test(file)) {
      return;
    }
    found.add(file);
    const { importedFiles: imports } = ts.preProcessFile(fs.readFileSync(file, 'utf8'), true, true);
    for (const { fileName } of imports.filter((each) => each.fileName.startsWith('.'))) {
      const target = EXTENSIONS.map((extension) => path.resolve(path.dirname(file), fileName) + extension).find(
        (each) => fs.existsSync(each) && fs.statSync(each).isFile()
      );
      if (target !== undefined) {
        visit(target);
      }
    }
  };
  visit(entry);
  return found;
}

function keysIn(file: string): TranslationKey[] {
  const source = ts.createSourceFile(
    file,
    fs.readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TSX
  );
  const keys: TranslationKey[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 't') {
      keys.push(...keysOfCall(node, file));
    }
    if (ts.isJsxElement(node) && node.openingElement.tagName.getText() === 'Trans') {
      keys.push(keyOfTrans(node, file));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return keys;
}

/** `defaultValue_one` and its like are texts of their own, under the key with that ending. */
function keysOfCall(call: ts.CallExpression, file: string): TranslationKey[] {
  const [id, text, values] = call.arguments;
  if (id === undefined || text === undefined || !ts.isStringLiteralLike(id) || !ts.isStringLiteralLike(text)) {
    throw new Error(`${file}: t() needs its key and its text as plain strings: ${call.getText()}`);
  }
  const plurals =
    values !== undefined && ts.isObjectLiteralExpression(values)
      ? values.properties.flatMap((property) => {
          const name = property.name?.getText() ?? '';
          return ts.isPropertyAssignment(property) &&
            name.startsWith('defaultValue_') &&
            ts.isStringLiteralLike(property.initializer)
            ? [{ key: `${id.text}_${name.slice('defaultValue_'.length)}`, text: property.initializer.text, file }]
            : [];
        })
      : [];
  return [{ key: plurals.length === 0 ? id.text : `${id.text}_other`, text: text.text, file }, ...plurals];
}

function keyOfTrans(element: ts.JsxElement, file: string): TranslationKey {
  const attribute = element.openingElement.attributes.properties.find(
    (each) => ts.isJsxAttribute(each) && each.name.getText() === 'i18nKey'
  );
  const key =
    attribute !== undefined && ts.isJsxAttribute(attribute) && attribute.initializer !== undefined
      ? attribute.initializer
      : undefined;
  if (key === undefined || !ts.isStringLiteral(key) || !element.children.every(ts.isJsxText)) {
    throw new Error(`${file}: Trans needs a plain i18nKey and plain text: ${element.getText()}`);
  }
  const text = element.children.map((child) => child.getText()).join('');
  return { key: key.text, text: unescaped(text.replace(/\s+/g, ' ').trim()), file };
}

function unescaped(text: string): string {
  return text
    .replace(/&apos;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
}

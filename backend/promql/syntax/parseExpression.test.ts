import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { HeadroomError } from '../../errors/index.ts';
import { promqlQuery } from '../../exams/promqlQuery.ts';
import { parseExpression, parseSelector } from './parseExpression.ts';
import { QueryBudget } from './queryBudget.ts';
import { prettyPrint } from './prettyPrint.ts';
import { printExpression } from './printExpression.ts';

function problemOf(query: string): string {
  try {
    parseExpression(query);
  } catch (error) {
    assert.ok(error instanceof HeadroomError, `${query}: ${String(error)}`);
    assert.equal(error.code, 'PROMQL_QUERY_INVALID');
    return error.message;
  }
  return '';
}

describe('parseExpression', () => {
  it("refuses what is wrong in Prometheus' words, with line and column", () => {
    for (const [query, problem] of [
      ['', 'unknown position: parse error: no expression found in input'],
      ['# only a comment', '1:1: parse error: no expression found in input'],
      ['sum(', '1:5: parse error: unclosed left parenthesis'],
      ['a)', "1:3: parse error: unexpected right parenthesis ')'"],
      ['a b', '1:3: parse error: unexpected identifier "b"'],
      ['a +\n  by', ''],
      ['a +\n  on b', '2:6: parse error: unexpected identifier "b" in grouping opts, expected "("'],
      ['{a="ü"} ü', `1:10: parse error: unexpected character: 'ü'`],
      ['nonsense(a)', '1:1: parse error: unknown function with name "nonsense"'],
      ['rate(a)', '1:6: parse error: expected type range vector in call to function "rate", got instant vector'],
      ['rate(a[5m], 1)', '1:1: parse error: expected 1 argument(s) in call to "rate", got 2'],
      ['round()', '1:1: parse error: expected at least 1 argument(s) in call to "round", got 0'],
      ['round(a, 1, 2)', '1:1: parse error: expected at most 2 argument(s) in call to "round", got 3'],
      ['mad_over_time(a[5m])', '1:1: parse error: function "mad_over_time" is not enabled'],
      ['sum()', '1:1: parse error: no arguments for aggregate expression provided'],
      ['topk(a)', '1:1: parse error: wrong number of arguments for aggregate expression provided, expected 2, got 1'],
      ['topk("a", b)', '1:6: parse error: expected type scalar in aggregation parameter, got string'],
      ['sum(1)', '1:5: parse error: expected type instant vector in aggregation expression, got scalar'],
      ['sum(a,)', '1:6: parse error: trailing commas not allowed in function call args'],
      ['1 > 2', '1:3: parse error: comparisons between scalars must use BOOL modifier'],
      ['a + bool b', '1:3: parse error: bool modifier can only be used on comparison operators'],
      ['a and 1', '1:1: parse error: set operator "and" not allowed in binary scalar expression'],
      ['a + on (x) 1', '1:1: parse error: vector matching only allowed between instant vectors'],
      ['a or on (x) group_left b', '1:1: parse error: no grouping allowed for "or" operation'],
      ['a * on (x) group_left (x) b', '1:3: parse error: label "x" must not occur in ON and GROUP clause at once'],
      ['"a" + b', '1:1: parse error: binary expression must contain only scalar and instant vector types'],
      [
        '-a[5m]',
        '1:1: parse error: unary expression only allowed on expressions of type scalar or instant vector, got "range vector"',
      ],
      ['1[5m]', '1:2: parse error: ranges only allowed for vector selectors'],
      ['a offset 5m [5m]', '1:13: parse error: no offset modifiers allowed before range'],
      [
        'sum(a) offset 5m',
        '1:1: parse error: offset modifier must be preceded by an instant vector selector or range vector selector or a subquery',
      ],
      ['a offset 5m offset 3m', '1:1: parse error: offset may not be set multiple times'],
      ['a @ 1 @ 2', '1:1: parse error: @ <timestamp> may not be set multiple times'],
      ['a @ inf', '1:1: parse error: timestamp out of bounds for @ modifier: +Inf'],
      ['a[0s]', '1:3: parse error: duration must be greater than 0'],
      ['a[5m+5m]', '1:3: parse error: experimental duration expression is not enabled'],
      ['a[1m5h]', '1:3: parse error: not a valid duration string: "1m5h"'],
      ['a[', '1:3: parse error: unexpected end of input in duration expression'],
      ['{}', '1:1: parse error: vector selector must contain at least one non-empty matcher'],
      ['{a=~".*"}', '1:1: parse error: vector selector must contain at least one non-empty matcher'],
      ['a{__name__="b"}', '1:1: parse error: metric name must not be set twice: "a" or "b"'],
      ['a{b=}', '1:5: parse error: unexpected "}" in label matching, expected string'],
      ['a{b=~"("}', '1:3: parse error: error parsing regexp: missing closing ): `(`'],
      ['a{b="c}', '1:5: parse error: unterminated quoted string'],
      ['"a\\q"', "1:1: parse error: unknown escape sequence U+0071 'q'"],
      ['1.2.3', '1:1: parse error: bad number or duration syntax: "1.2."'],
      [
        'limitk(1, a)',
        '1:1: parse error: limitk() is experimental and must be enabled with --enable-feature=promql-experimental-functions',
      ],
    ] as const) {
      assert.equal(problemOf(query), problem, query);
    }
  });

  it('gives operators and modifiers the precedence that Prometheus gives them', () => {
    for (const [query, printed] of [
      ['-1 ^ 2', '-1 ^ 2'],
      ['- a ^ 2', '-a ^ 2'],
      ['a + b offset 5m', 'a + b offset 5m'],
      ['a offset 5m + b', 'a offset 5m + b'],
      ['1h', '1h'],
      ['0x1F + 010 + 1_000', '31 + 8 + 1000'],
      ['a{b="c", "d.e"!~\'f\'} @ 10.5 offset -1h30m', 'a{"d.e"!~"f",b="c"} @ 10.500 offset -1h30m'],
      ['sum by (b, "c.d") (a)', 'sum by (b, "c.d") (a)'],
      ['SUM(a) WITHOUT (b)', 'sum without (b) (a)'],
      ['a == bool on (b) group_left (c) d', 'a == bool on (b) group_left (c) d'],
      ['max_over_time((a + b)[5m:1m] @ end())', 'max_over_time((a + b)[5m:1m] @ end())'],
      ['`a\\b` ', '"a\\\\b"'],
      ['offset', 'offset'],
    ] as const) {
      assert.equal(printExpression(parseExpression(query)), printed, query);
    }
    const power = parseExpression('-a ^ 2');
    assert.ok(power.kind === 'unary' && power.expr.kind === 'binary');
    const shifted = parseExpression('-a + b @ 3');
    assert.ok(shifted.kind === 'binary' && shifted.right.kind === 'vectorSelector' && shifted.right.at === 3000);
  });

  it('prints what reads back the same, on one line and on many', () => {
    fc.assert(
      fc.property(promqlQuery({ depth: 4 }), (query) => {
        const printed = printExpression(parseExpression(query));
        assert.equal(printExpression(parseExpression(printed)), printed);
        assert.equal(printExpression(parseExpression(prettyPrint(parseExpression(query)))), printed);
      })
    );
  });

  it('breaks long expressions as format_query does', () => {
    const long = `sum by (${'label, '.repeat(20)}last) (rate(some_metric_total{job="a"}[5m])) / on (job) group_left () other`;
    assert.equal(
      prettyPrint(parseExpression(long)),
      `  sum by (${'label, '.repeat(20)}last) (\n    rate(some_metric_total{job="a"}[5m])\n  )\n/ on (job) group_left ()\n  other`
    );
  });

  it('answers any text with an expression or a coded error, in time', () => {
    const words = fc.constantFrom(
      ...['a', 'sum', 'by', '(', ')', '[', ']', '{', '}', '5m', '1', '"x"', '=', '=~', '+', '-', '^', '@', 'offset'],
      ...['on', 'group_left', ',', ':', 'bool', 'and', 'rate', 'start()', '\n', '#', "'", '`', '\\', 'é', '\u0000', '!']
    );
    const texts = fc.oneof(
      fc.string(),
      fc.string({ unit: 'grapheme' }),
      fc.array(words, { maxLength: 30 }).map((parts) => parts.join(' ')),
      fc.array(words, { maxLength: 30 }).map((parts) => parts.join(''))
    );
    fc.assert(
      fc.property(texts, (text) => {
        problemOf(text);
      }),
      { numRuns: 20_000 }
    );
  });

  it('refuses what is nested too deep, however', () => {
    assert.match(problemOf(`${'('.repeat(5000)}a${')'.repeat(5000)}`), /nested more than 1000 deep/);
    assert.match(problemOf(Array.from({ length: 2000 }, () => 'a').join(' + ')), /nested more than 1000 deep/);
    assert.equal(problemOf(Array.from({ length: 900 }, () => 'some_metric').join(' or ')), '');
    assert.match(problemOf(`${'-'.repeat(2000)}a`), /nested more than 1000 deep/);
    assert.match(problemOf(`${'-'.repeat(4000)}a`), /too many operators|nested more than 1000 deep/);
    assert.match(problemOf(`abs(${'1,'.repeat(5000)}1)`), /more than 5000 words/);
    assert.match(problemOf('a{b="\ufffd"}'), /1:5: parse error: invalid UTF-8 rune/);
    assert.match(problemOf(`a${'[5m:]'.repeat(1100)}`), /nested more than 1000 deep|subquery is only allowed/);
  });
});

describe('QueryBudget', () => {
  it('bounds the words and the regular expressions of all that one request has parsed', () => {
    const words = new QueryBudget();
    const wide = `{${Array.from({ length: 600 }, (_, index) => `a${String(index)}="b"`).join(',')}}`;
    assert.equal(parseSelector(wide, words).length, 600);
    assert.equal(parseSelector(wide, words).length, 600);
    assert.throws(() => parseSelector(wide, words), { message: /more than 5000 words together/ });
    const patterns = Array.from({ length: 30 }, (_, index) => `a${String(index)}=~"x(.{200})y${String(index)}"`);
    assert.match(problemOf(`{${patterns.join(',')}}`), /error parsing regexp: expression too large/);
    const same = Array.from({ length: 30 }, (_, index) => `a${String(index)}=~"x(.{200})y"`);
    assert.equal(problemOf(`{${same.join(',')}}`), '', 'the same one is compiled once');
  });
});

describe('parseSelector', () => {
  it('reads names and matchers, and nothing else', () => {
    assert.equal(parseSelector('up{job="a"}').length, 2);
    assert.equal(parseSelector('{"some.name"}')[0]?.value, 'some.name');
    for (const [text, problem] of [
      ['sum(a)', '1:4: parse error: unexpected "("'],
      ['a offset 5m', '1:3: parse error: unexpected <offset>'],
      ['a[5m]', '1:2: parse error: unexpected "["'],
      ['a{b="c"} or d', '1:10: parse error: unexpected <op:or>'],
      ['1', '1:1: parse error: unexpected number "1"'],
      ['', 'unknown position: parse error: unexpected end of input'],
      ['a{', '1:3: parse error: unexpected end of input inside braces'],
    ] as const) {
      assert.throws(() => parseSelector(text), { code: 'PROMQL_QUERY_INVALID', message: problem }, text);
    }
    assert.equal(parseSelector('a{__name__="b"}').length, 2, 'as Prometheus does, which then finds none');
  });
});

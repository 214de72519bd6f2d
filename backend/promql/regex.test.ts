import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { labelMatcher } from './matcher.ts';
import { compileRegex } from './regex.ts';

describe('compileRegex', () => {
  it('matches whole texts only, newlines included', () => {
    assert.ok(compileRegex('a.c')('a\nc'));
    assert.ok(!compileRegex('b')('abc'));
    assert.ok(compileRegex('a|bc')('bc'));
    assert.ok(!compileRegex('a|bc')('abc'));
    assert.ok(compileRegex('(?i)ABC')('abc'));
    assert.ok(compileRegex('')(''));
    assert.ok(!compileRegex('.+')(''));
    assert.ok(compileRegex('.*')(''));
    assert.ok(compileRegex('\\p{Greek}+')('αβγ'));
  });

  it('agrees with JavaScript on patterns that both know', () => {
    const piece = fc.constantFrom('a', 'b', 'c', '.', 'a*', 'b+', '(a|b)', '[abc]', '[^a]', 'c?', '|', '.*', '.+');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), fc.stringMatching(/^[abc]{0,6}$/), (pieces, text) => {
        const pattern = pieces.join('');
        assert.equal(compileRegex(pattern)(text), new RegExp(`^(?:${pattern})$`, 's').test(text));
      })
    );
  });

  it('knows alternatives of plain texts, as Grafana writes the values of a variable', () => {
    for (const pattern of ['(web\\.1|web-2|a\\|b)', '(?:web\\.1|web-2|a\\|b)', 'web\\.1|web-2|a\\|b']) {
      const matches = compileRegex(pattern);
      for (const text of ['web.1', 'web-2', 'a|b']) {
        assert.ok(matches(text), `${pattern} ${text}`);
      }
      for (const text of ['webx1', 'web', 'a', '']) {
        assert.ok(!matches(text), `${pattern} ${text}`);
      }
    }
    assert.ok(compileRegex('(a|)')(''));
    assert.ok(compileRegex('(a)(b)')('ab'));
    const many = compileRegex(Array.from({ length: 50_000 }, (_, index) => `pod\\.${String(index)}`).join('|'));
    assert.ok(many('pod.49999') && !many('pod.50000'));
  });

  it('knows texts with anything before or after them', () => {
    const matches = compileRegex('(web-.*|.*\\.local|.+db.+)');
    for (const text of ['web-', 'web-1', '.local', 'a.local', 'xdbx', 'dbdbd']) {
      assert.ok(matches(text), text);
    }
    for (const text of ['web', 'xweb-', 'local', 'db', 'dbx', 'xdb', 'ddb', '']) {
      assert.ok(!matches(text), text);
    }
  });

  it('refuses what is too large to be compiled while others wait', () => {
    const pattern = Array.from({ length: 20_000 }, (_, index) => `a${String(index)}.*b`).join('|');
    assert.throws(() => compileRegex(pattern), /error parsing regexp: expression too large/);
    for (const large of ['[ab]{1000}'.repeat(6), '((ab){1,100}c){50}', '\\pL{300}', '(a.){1000}'.repeat(3)]) {
      assert.throws(() => compileRegex(large), /expression too large/, large);
    }
    assert.ok(compileRegex('[0-9a-f]{64}|(.{1,30}){1,30}')('0'.repeat(64)));
  });

  it('takes linear time where backtracking would take forever', () => {
    const matches = compileRegex('(a*)*(a|a)*b|(x+x+)+y');
    assert.ok(!matches('a'.repeat(50_000)));
    assert.ok(!matches('x'.repeat(50_000)));
  });

  it('refuses what RE2 refuses', () => {
    for (const pattern of ['(', '[a', 'a**', '(?=a)', '\\1', 'a{1001}', '((a{100}){100}){100}', '(?<n>a']) {
      assert.throws(() => labelMatcher('a', '=~', pattern), /error parsing regexp|invalid/, pattern);
    }
  });
});

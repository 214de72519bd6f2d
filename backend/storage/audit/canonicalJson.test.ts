import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson } from './canonicalJson.ts';

test('is JSON that says the same, with keys in the order of their UTF-16 units and no blanks', () => {
  assert.equal(canonicalJson({ b: [1, { d: null, c: '\u20ac' }], a: 1e21 }), '{"a":1e+21,"b":[1,{"c":"€","d":null}]}');
  // The example of RFC 8785, 3.2.3.
  const keys = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
  assert.deepEqual([...canonicalJson(keys).matchAll(/:(\d)/g)].map(([, value]) => value).join(''), '2467153');
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.deepEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)));
    })
  );
});

test('is the same whatever the order of keys', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (record) => {
      const reversed = Object.fromEntries(Object.entries(record).reverse());
      assert.equal(canonicalJson(reversed), canonicalJson(record));
    })
  );
});

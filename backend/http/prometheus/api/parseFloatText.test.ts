import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseFloatText } from './parseFloatText.ts';

describe('parseFloatText', () => {
  it('reads what numbers are written as', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        assert.equal(parseFloatText(String(value)), value + 0);
      })
    );
  });

  for (const [text, value] of [
    ['1_800', 1800],
    ['+1_23.50_0_0e+1_2', 1.235e14],
    ['.5', 0.5],
    ['5.', 5],
  ] as const) {
    it(`takes ${text}, as Go does`, () => {
      assert.equal(parseFloatText(text), value);
    });
  }

  for (const text of ['', '_1', '1_', '1__2', '1_.5', '1._5', '1e_5', '1e', '.', '0x10', 'NaN', 'Inf', ' 1', '1s']) {
    it(`takes no ${JSON.stringify(text)}`, () => {
      assert.equal(parseFloatText(text), undefined);
    });
  }
});

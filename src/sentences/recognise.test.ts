import { takeLanguage } from '../formatting/language';
import { createRecogniser } from './recognise';

const CATALOGUE = {
  'Not raised to {0}: {1} freezes it': 'Nicht auf {0} erhöht: {1} friert es ein',
  'Not lowered to {0}: {1}': 'Nicht auf {0} gesenkt: {1}',
  'the SLO is violated now': 'das SLO ist jetzt verletzt',
  'The {0} of now fall short with probability {1}{2}':
    'Mit Wahrscheinlichkeit {1} reicht nicht, was jetzt da ist ({0}){2}',
  '; less is committed': '; weniger ist fest',
  '{0} replicas': '{0} Replikate',
  'under {0} %': 'unter {0} %',
  'Source {source} cannot be reached: {reason}': 'Die Quelle {source} ist nicht zu erreichen: {reason}',
  'failed: {0}': 'fehlgeschlagen: {0}',
};

beforeEach(() => takeLanguage('de-DE'));
afterEach(() => takeLanguage('en-US'));

describe('a sentence of the sidecar', () => {
  const recognise = createRecogniser(CATALOGUE);

  it('is told by its pattern, with what was filled in', () => {
    expect(recognise('Not raised to 7: black friday freezes it')).toBe(
      'Nicht auf 7 erhöht: black friday friert es ein'
    );
  });

  it('has its numbers as the language writes them, in the places that the language has for them', () => {
    expect(recognise('The 1500 replicas of now fall short with probability under 0.1 %')).toBe(
      'Mit Wahrscheinlichkeit unter 0,1 % reicht nicht, was jetzt da ist (1.500 Replikate)'
    );
  });

  it('has its instants in the reader’s time', () => {
    expect(recognise('Source 2026-11-27 14:35 UTC cannot be reached: 2.5 s')).toMatch(
      /^Die Quelle 11\/27 \d\d:35 ist nicht zu erreichen: 2,5 s$/
    );
  });

  it('is told with the sentences in it, and with those that were added to its end', () => {
    expect(recognise('Not lowered to 3: the SLO is violated now')).toBe(
      'Nicht auf 3 gesenkt: das SLO ist jetzt verletzt'
    );
    expect(recognise('The 2 replicas of now fall short with probability 4 %; less is committed')).toBe(
      'Mit Wahrscheinlichkeit 4 % reicht nicht, was jetzt da ist (2 Replikate); weniger ist fest'
    );
  });

  it('keeps the code before it, and tells what is inside of an outcome', () => {
    expect(recognise('failed: SOURCE_UNREACHABLE: Source prom cannot be reached: ECONNREFUSED')).toBe(
      'fehlgeschlagen: SOURCE_UNREACHABLE: Die Quelle prom ist nicht zu erreichen: ECONNREFUSED'
    );
  });

  it('that no pattern fits is none, whole or in part', () => {
    expect(recognise('Something that nobody knows')).toBeNull();
    expect(recognise('the SLO is violated now; and more')).toBeNull();
    expect(recognise('Nobody said so of these replicas')).toBeNull();
  });

  it('longer than any that the sidecar makes is left as it is', () => {
    expect(recognise(`failed: ${'x'.repeat(100)}`)).not.toBeNull();
    expect(recognise(`failed: ${'x'.repeat(2000)}`)).toBeNull();
  });
});

import { formatMinutes } from './formatMinutes';
import { formatMoney } from './formatMoney';
import { formatNumber } from './formatNumber';
import { formatProbability } from './formatProbability';
import { formatReplicas } from './formatReplicas';
import { language, takeLanguage } from './language';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

afterEach(() => takeLanguage('en-US'));

it('numbers are written in the language that Grafana shows', () => {
  const written = () =>
    [
      formatNumber(1234.5),
      formatReplicas(1200),
      formatMinutes(0.26),
      formatMinutes(0.01),
      formatProbability(0.9949),
      formatProbability(0.0004),
      formatProbability(0.9999),
      formatProbability(1),
      formatMoney(1234.5, 'EUR'),
      formatMoney(0.00123, 'no currency'),
    ].map(plain);
  expect(written()).toEqual([
    '1,234.5',
    '1,200',
    '0.3',
    '<0.1',
    '99.5%',
    '<0.1%',
    '>99.9%',
    '100%',
    '€1,235',
    '0.0012 no currency',
  ]);
  takeLanguage('de-DE');
  expect(written()).toEqual([
    '1.234,5',
    '1.200',
    '0,3',
    '<0,1',
    '99,5 %',
    '<0,1 %',
    '>99,9 %',
    '100 %',
    '1.235 €',
    '0,0012 no currency',
  ]);
});

it.each(['', 'not a tag', 'xx-XX', 'dev_pseudo'])('a language that is none, %p, is English', (tag) => {
  takeLanguage('de-DE');
  takeLanguage(tag);
  expect(language()).toBe('en-US');
});

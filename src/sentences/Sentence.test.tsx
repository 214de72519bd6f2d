import React from 'react';
import { render } from '@testing-library/react';
import { takeLanguage } from '../formatting/language';
import { Sentence } from './Sentence';
import { loadSentences, spoken } from './spoken';

async function speak(language: string): Promise<void> {
  takeLanguage(language);
  await loadSentences();
}

afterEach(() => speak('en-US'));

const KNOWN = 'Given back: Headroom stops';

describe('a sentence on a page', () => {
  it('is German where Grafana is', async () => {
    await speak('de-DE');
    expect(spoken(KNOWN)).toBe('Zurückgegeben: Headroom hält an');
    expect(render(<Sentence text={KNOWN} />).container.innerHTML).toBe('Zurückgegeben: Headroom hält an');
  });

  it('that stays English on a German page says that it is English', async () => {
    await speak('de-DE');
    expect(render(<Sentence text="Nobody knows this one" />).container.innerHTML).toBe(
      '<span lang="en">Nobody knows this one</span>'
    );
  });

  it('writes what stands between backticks as code', () => {
    expect(render(<Sentence text="Set `start` and `factor`." />).container.innerHTML).toBe(
      'Set <code>start</code> and <code>factor</code>.'
    );
  });

  it('is as the sidecar wrote it on an English page, and marked on one of another language', async () => {
    await speak('en-US');
    expect(render(<Sentence text={KNOWN} />).container.innerHTML).toBe(KNOWN);
    await speak('fr-FR');
    expect(render(<Sentence text={KNOWN} />).container.innerHTML).toBe(`<span lang="en">${KNOWN}</span>`);
  });
});

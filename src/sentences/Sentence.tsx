import React, { type ReactNode } from 'react';
import { foreignLanguage, spoken } from './spoken';

interface SentenceProps {
  /** As the sidecar wrote it. */
  readonly text: string;
}

/** A sentence that the sidecar wrote, in the person's language; one that stays English is marked, so that it is spoken rightly. */
export function Sentence({ text }: SentenceProps) {
  const lang = foreignLanguage(text);
  return lang === undefined ? <>{withCode(spoken(text))}</> : <span lang={lang}>{withCode(text)}</span>;
}

/** What stands between backticks is a name of a field or a file, and written as one. */
function withCode(text: string): ReactNode {
  const parts = text.split(/`([^`]+)`/);
  return parts.length === 1
    ? text
    : parts.map((part, index) => (index % 2 === 0 ? part : <code key={index}>{part}</code>));
}

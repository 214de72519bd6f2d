import React from 'react';
import { foreignLanguage, spoken } from './spoken';

interface SentenceProps {
  /** As the sidecar wrote it. */
  readonly text: string;
}

/** A sentence that the sidecar wrote, in the person's language; one that stays English is marked, so that it is spoken rightly. */
export function Sentence({ text }: SentenceProps) {
  const lang = foreignLanguage(text);
  return lang === undefined ? <>{spoken(text)}</> : <span lang={lang}>{text}</span>;
}

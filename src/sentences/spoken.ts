import { language } from '../formatting/language';
import { createRecogniser, type Recogniser } from './recognise';

let recogniser: Recogniser | null = null;

/** Makes the sidecar's sentences speak the language that the page shows, where there is a catalogue of it. */
export async function loadSentences(): Promise<void> {
  recogniser = null;
  if (language().startsWith('de')) {
    // Without its catalogue, as after an upgrade beneath an open page, the sentences are English, and the page is there.
    recogniser = await import('./de-DE.json').then(
      ({ default: catalogue }) => createRecogniser(catalogue),
      () => null
    );
  }
}

/** A sentence that the sidecar wrote, in the person's language where that is known, else in English as it came. */
export function spoken(text: string): string {
  return recogniser?.(text) ?? text;
}

/** The language of what `spoken` says where it is another than the page's, for the attribute `lang`. */
export function foreignLanguage(text: string): 'en' | undefined {
  return language().startsWith('en') || (recogniser !== null && recogniser(text) !== null) ? undefined : 'en';
}

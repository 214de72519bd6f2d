import type { SourceView } from '../../../contract/sources.ts';
import type { DraftProblems } from './model/draftProblems';
import type { SetupDraft } from './model/setupDraft';

/** What each step of the form is given. */
export interface StepProps {
  readonly draft: SetupDraft;
  readonly sources: readonly SourceView[];
  /** The chosen one; absent until one is. */
  readonly source: SourceView | undefined;
  /** Those that are to be said already. */
  readonly problems: DraftProblems;
  /** The uid of the panel's data source that no source leads to. */
  readonly unmatched: string | null;
  readonly onChange: (change: Partial<SetupDraft>) => void;
}

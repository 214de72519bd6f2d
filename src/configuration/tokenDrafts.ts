import { TOKEN_NAMES, type TokenName } from './appSettings';

/** A secret as it stands in its field: one that is stored is never shown, only replaced. */
export interface TokenDraft {
  readonly text: string;
  readonly isStored: boolean;
  /** Whether one that was stored is to go. */
  readonly isReset: boolean;
}

export type TokenDrafts = Readonly<Record<TokenName, TokenDraft>>;

/** The fields as a page begins with them, by what Grafana says is stored. */
export function draftsOf(stored: Readonly<Record<string, boolean>> | undefined): TokenDrafts {
  return eachToken((name) => ({ text: '', isStored: stored?.[name] === true, isReset: false }));
}

/** The secrets that are to be stored: what was entered, and an empty one for what was taken away. */
export function changedTokens(drafts: TokenDrafts): Partial<Record<TokenName, string>> {
  const changed: Partial<Record<TokenName, string>> = {};
  for (const name of TOKEN_NAMES) {
    const { text, isStored, isReset } = drafts[name];
    if (!isStored && (text.trim() !== '' || isReset)) {
      changed[name] = text.trim();
    }
  }
  return changed;
}

/** The fields after what they hold was stored. */
export function storedDrafts(drafts: TokenDrafts): TokenDrafts {
  return eachToken((name) => {
    const { text, isStored } = drafts[name];
    return { text: '', isStored: isStored || text.trim() !== '', isReset: false };
  });
}

function eachToken(draft: (name: TokenName) => TokenDraft): TokenDrafts {
  return {
    tokenRead: draft('tokenRead'),
    tokenPropose: draft('tokenPropose'),
    tokenApprove: draft('tokenApprove'),
    tokenScale: draft('tokenScale'),
    tokenAdmin: draft('tokenAdmin'),
  };
}

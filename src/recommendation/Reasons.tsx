import React, { useState } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import type { Reason } from '../../contract/recommendation.ts';
import { Sentence } from '../sentences/Sentence';
import { t } from '../translations';

const FIRST_REASONS = 4;

/** Why, the weightiest first; the rest behind a button. */
export function Reasons({ reasons }: { readonly reasons: readonly Reason[] }) {
  const styles = useStyles2(getStyles);
  const [isWhole, setIsWhole] = useState(false);
  return (
    <>
      <ul className={styles.reasons}>
        {(isWhole ? reasons : reasons.slice(0, FIRST_REASONS)).map(({ code, text }, index) => (
          <li key={`${code} ${index}`}>
            <Sentence text={text} />
          </li>
        ))}
      </ul>
      {reasons.length > FIRST_REASONS && (
        <Button variant="secondary" fill="text" size="sm" onClick={() => setIsWhole(!isWhole)} aria-expanded={isWhole}>
          {isWhole
            ? t('recommendation.fewerReasons', 'Show fewer reasons')
            : t('recommendation.moreReasons', 'Show all {{count}} reasons', { count: reasons.length })}
        </Button>
      )}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  reasons: css({ paddingLeft: theme.spacing(2.5), marginTop: theme.spacing(0.5) }),
});

import React from 'react';
import { Alert } from '@grafana/ui';
import type { Recommendation } from '../../contract/recommendation.ts';
import { formatTime } from '../formatting/formatTime';
import { spoken } from '../sentences/spoken';
import { t } from '../translations';
import { stateName } from './stateName';

interface AnswerNoticeProps {
  readonly recommendation: Recommendation;
  readonly timeZone: string;
}

/** Who answered a recommendation, when and why; nothing while nobody has. */
export function AnswerNotice({ recommendation: { state, answer }, timeZone }: AnswerNoticeProps) {
  if (answer === undefined || state === 'proposed') {
    return null;
  }
  const { who, at, reason, until } = answer;
  return (
    <Alert
      severity={state === 'applied' || state === 'approved' ? 'success' : 'info'}
      title={t('recommendation.answered', '{{state}} by {{who}}, {{time}}', {
        state: stateName(state),
        who,
        time: formatTime(at, timeZone),
      })}
    >
      {spoken(reason)}
      {until !== null && (
        <div>{t('recommendation.until', 'It stands again at {{time}}.', { time: formatTime(until, timeZone) })}</div>
      )}
    </Alert>
  );
}

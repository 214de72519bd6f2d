import React from 'react';
import { Stack, Text, TextLink } from '@grafana/ui';
import { DecisionList } from '../../audit/DecisionList';
import { auditUrl } from '../../routes';
import { useDecisions } from '../../sidecar/useDecisions';
import { t } from '../../translations';
import { Section } from '../Section';

interface LatestDecisionsProps {
  readonly workload: string;
  readonly timeZone: string;
}

const SHOWN = 5;

/** What was done to a workload of late. */
export function LatestDecisions({ workload, timeZone }: LatestDecisionsProps) {
  const { resource } = useDecisions({ workload, limit: SHOWN });
  if (resource.kind !== 'ready') {
    return null;
  }
  const { decisions } = resource.value;
  return (
    <Section title={t('decisions.latest', 'Who did what, of late')}>
      <Stack direction="column" gap={1}>
        {decisions.length === 0 ? (
          <Text color="secondary">{t('decisions.none', 'Nothing has been done to this workload yet.')}</Text>
        ) : (
          <DecisionList decisions={decisions} timeZone={timeZone} />
        )}
        <div>
          <TextLink href={auditUrl({ workload })} inline={false}>
            {t('decisions.all', 'All of its decisions')}
          </TextLink>
        </div>
      </Stack>
    </Section>
  );
}

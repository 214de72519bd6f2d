import React from 'react';
import { css } from '@emotion/css';
import type { Field, GrafanaTheme2, LinkModel } from '@grafana/data';
import { Icon, LinkButton, Stack, Text, useStyles2 } from '@grafana/ui';
import { formatDuration } from '../../formatting/formatDuration';
import { formatMinutes } from '../../formatting/formatMinutes';
import { formatMoney } from '../../formatting/formatMoney';
import { formatReplicas } from '../../formatting/formatReplicas';
import { recommendationUrl } from '../../routes';
import { t } from '../../translations';
import type { Advice } from './advice';
import type { RecommendationPanelOptions } from './options';

interface AdviceStatProps {
  readonly workload: string;
  readonly advice: Advice;
  readonly now: number;
  readonly options: RecommendationPanelOptions;
  /** Replaces the link to the recommendation. */
  readonly link: LinkModel<Field> | null;
  readonly width: number;
  readonly height: number;
}

const LOW_HEIGHT = 130;

/** What to do, in a glance: from how many replicas to how many, when, at what cost, and where to decide. */
export function AdviceStat({ workload, advice, now, options, link, width, height }: AdviceStatProps) {
  const styles = useStyles2(getStyles);
  const { action, current, proposed, changesAt, costHourly, minutesShort } = advice;
  const color = action === 'raise' ? 'warning' : action === 'lower' ? 'success' : 'primary';
  const isLow = height < LOW_HEIGHT;
  const facts = [
    ...(options.isTimeShown ? [[t('advice.when', 'When'), whenText(changesAt, now)] as const] : []),
    ...(options.isCostShown && costHourly.proposed !== null
      ? [
          [
            t('advice.cost', 'Cost an hour'),
            change(
              formatMoney(costHourly.current, costHourly.currency),
              formatMoney(costHourly.proposed, costHourly.currency)
            ),
          ] as const,
        ]
      : []),
    ...(options.isRiskShown
      ? [
          [
            t('advice.minutes', 'Minutes short'),
            change(minutesText(minutesShort.current), minutesText(minutesShort.proposed)),
          ] as const,
        ]
      : []),
  ];
  return (
    <div className={styles.stat} style={{ width, height }}>
      <Text variant="bodySmall" color="secondary" truncate>
        {workload}
      </Text>
      <Stack direction="row" gap={1.5} alignItems="center" justifyContent="center" wrap="wrap">
        <Icon
          name={action === 'raise' ? 'arrow-up' : action === 'lower' ? 'arrow-down' : 'check'}
          size={isLow ? 'lg' : 'xl'}
          title={actionName(action)}
        />
        <Text variant={isLow ? 'h3' : 'h1'} element="span" color={color} tabular>
          {action === 'hold' ? formatReplicas(proposed) : change(formatReplicas(current), formatReplicas(proposed))}
        </Text>
        <Text color="secondary">{t('advice.replicas', 'replicas')}</Text>
      </Stack>
      {!isLow && facts.length > 0 && (
        <dl className={styles.facts}>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt className={styles.name}>{name}</dt>
              <dd className={styles.value}>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {link === null ? (
        <LinkButton size="sm" variant="secondary" href={recommendationUrl(advice.id)}>
          {t('advice.review', 'Review')}
        </LinkButton>
      ) : (
        <LinkButton size="sm" variant="secondary" href={link.href} target={link.target} onClick={link.onClick}>
          {link.title}
        </LinkButton>
      )}
    </div>
  );
}

function change(before: string, after: string): string {
  return before === after ? after : `${before} → ${after}`;
}

function minutesText(minutes: number | null): string {
  return minutes === null ? '–' : formatMinutes(minutes);
}

function whenText(changesAt: number | null, now: number): string {
  return changesAt === null
    ? t('advice.never', 'no change')
    : changesAt <= now
      ? t('advice.now', 'now')
      : t('advice.in', 'in {{time}}', { time: formatDuration(changesAt - now) });
}

function actionName(action: Advice['action']): string {
  switch (action) {
    case 'raise':
      return t('advice.raise', 'Raise');
    case 'lower':
      return t('advice.lower', 'Lower');
    case 'hold':
      return t('advice.hold', 'Hold');
  }
}

const getStyles = (theme: GrafanaTheme2) => ({
  stat: css({
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    gap: theme.spacing(1),
    overflow: 'hidden',
  }),
  facts: css({
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'center',
    gap: theme.spacing(0.5, 3),
    margin: 0,
    textAlign: 'center',
  }),
  name: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  value: css({ margin: 0, fontVariantNumeric: 'tabular-nums' }),
});

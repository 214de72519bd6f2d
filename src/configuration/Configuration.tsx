import React, { useState, type FormEvent } from 'react';
import { css } from '@emotion/css';
import type { AppPluginMeta, GrafanaTheme2, PluginConfigPageProps } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { t } from '../translations';
import { DataSourcePicker } from '@grafana/runtime';
import { Alert, Button, Field, FieldSet, Input, Stack, Text, useStyles2 } from '@grafana/ui';
import { testIds } from '../testIds';
import { TOKEN_NAMES, type AppSettings } from './appSettings';
import { ConnectionReport } from './ConnectionReport';
import { RoleTable } from './RoleTable';
import { saveSettings } from './saveSettings';
import { tidyUrl, urlProblem } from './sidecarUrl';
import { testConnection, type ConnectionResult } from './testConnection';
import { TokenField } from './TokenField';
import { changedTokens, draftsOf, storedDrafts } from './tokenDrafts';

type Activity = { readonly kind: 'idle' } | { readonly kind: 'saving' } | { readonly kind: 'testing' };

/** Where the sidecar is and how Grafana proves itself to it, with a test that says what is wrong. */
export default function Configuration({ plugin }: PluginConfigPageProps<AppPluginMeta<AppSettings>>) {
  const { meta } = plugin;
  const styles = useStyles2(getStyles);
  const [url, setUrl] = useState(meta.jsonData?.url ?? '');
  const [datasourceUid, setDatasourceUid] = useState(meta.jsonData?.datasourceUid);
  const [tokens, setTokens] = useState(() => draftsOf(meta.secureJsonFields));
  const [isTouched, setIsTouched] = useState(false);
  const [activity, setActivity] = useState<Activity>({ kind: 'idle' });
  const [saveProblem, setSaveProblem] = useState<string | null>(null);
  const [result, setResult] = useState<ConnectionResult | null>(null);
  const [isSaved, setIsSaved] = useState(isStored(meta));

  const problem = urlProblem(tidyUrl(url));
  const isBusy = activity.kind !== 'idle';
  const changed =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      setIsSaved(false);
      setResult(null);
    };

  const test = async () => {
    setActivity({ kind: 'testing' });
    setResult(null);
    setResult(await testConnection());
    setActivity({ kind: 'idle' });
  };

  const save = async () => {
    setIsTouched(true);
    if (problem !== null) {
      return;
    }
    setActivity({ kind: 'saving' });
    setSaveProblem(null);
    try {
      await saveSettings(meta, {
        settings: { ...meta.jsonData, url: tidyUrl(url), datasourceUid },
        tokens: changedTokens(tokens),
      });
    } catch (thrown) {
      setSaveProblem(messageOf(thrown));
      setActivity({ kind: 'idle' });
      return;
    }
    setUrl(tidyUrl(url));
    setTokens(storedDrafts(tokens));
    setIsSaved(true);
    await test();
  };

  return (
    <form
      data-testid={testIds.configuration.page}
      noValidate
      className={styles.form}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void save();
      }}
    >
      <FieldSet label={t('configuration.sidecar', 'Sidecar')}>
        <Field
          label={t('configuration.url.label', 'Address')}
          description={t(
            'configuration.url.description',
            'Where Grafana’s server reaches the Headroom sidecar. The browser never does.'
          )}
          invalid={isTouched && problem !== null}
          error={problem}
          required
        >
          <Input
            id="headroom-configuration-url"
            data-testid={testIds.configuration.url}
            type="url"
            autoComplete="off"
            placeholder="http://headroom:8370"
            value={url}
            onChange={(event) => changed(setUrl)(event.currentTarget.value)}
            onBlur={() => setIsTouched(true)}
          />
        </Field>
      </FieldSet>
      <FieldSet label={t('configuration.tokens', 'Tokens and roles')}>
        <div className={styles.hint}>
          <Text color="secondary">
            {t(
              'configuration.tokensMeaning',
              'Grafana’s server sends each token only for those who have its role. They are stored encrypted and not shown again. Leave one empty, and nobody does from here what it is for; a sidecar without tokens needs none.'
            )}
          </Text>
        </div>
        <div className={styles.hint}>
          <RoleTable />
        </div>
        {TOKEN_NAMES.map((name) => (
          <TokenField
            key={name}
            name={name}
            draft={tokens[name]}
            onChange={(draft) => changed(setTokens)({ ...tokens, [name]: draft })}
          />
        ))}
      </FieldSet>
      <FieldSet label={t('configuration.explore', 'Links to Explore')}>
        <Field
          label={t('configuration.datasource.label', 'Data source')}
          description={t(
            'configuration.datasource.description',
            'A Prometheus data source that points at the sidecar’s /prometheus. Without one, the first named after Headroom is used.'
          )}
        >
          <DataSourcePicker
            inputId="headroom-configuration-datasource"
            type="prometheus"
            noDefault
            current={datasourceUid ?? null}
            onChange={({ uid }) => changed(setDatasourceUid)(uid)}
            onClear={() => changed(setDatasourceUid)(undefined)}
          />
        </Field>
      </FieldSet>
      <Stack direction="column" gap={2}>
        <Stack direction="row" gap={1}>
          <Button type="submit" data-testid={testIds.configuration.save} disabled={isBusy}>
            {activity.kind === 'saving' ? (
              <Trans i18nKey="configuration.saving">Saving…</Trans>
            ) : (
              <Trans i18nKey="configuration.save">Save &amp; test</Trans>
            )}
          </Button>
          <Button
            type="button"
            variant="secondary"
            data-testid={testIds.configuration.test}
            disabled={isBusy || !isSaved}
            onClick={() => void test()}
          >
            {activity.kind === 'testing' ? (
              <Trans i18nKey="configuration.testing">Testing…</Trans>
            ) : (
              <Trans i18nKey="configuration.test">Test connection</Trans>
            )}
          </Button>
        </Stack>
        {saveProblem !== null && (
          <Alert severity="error" title={t('configuration.saveFailed', 'Grafana did not save the settings')}>
            {saveProblem}
          </Alert>
        )}
        {result !== null && <ConnectionReport result={result} />}
      </Stack>
    </form>
  );
}

function isStored({ jsonData }: AppPluginMeta<AppSettings>): boolean {
  return (jsonData?.url ?? '') !== '';
}

function messageOf(thrown: unknown): string {
  if (typeof thrown === 'object' && thrown !== null) {
    const { data, message } = thrown as Readonly<Record<string, unknown>>;
    if (typeof data === 'object' && data !== null && 'message' in data && typeof data.message === 'string') {
      return data.message;
    }
    if (typeof message === 'string') {
      return message;
    }
  }
  return String(thrown);
}

const getStyles = (theme: GrafanaTheme2) => ({
  form: css({ maxWidth: theme.spacing(96) }),
  hint: css({ marginBottom: theme.spacing(2) }),
});

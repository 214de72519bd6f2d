import { AppEvents, type GrafanaTheme2 } from '@grafana/data';
import { Alert, useStyles2, type AlertVariant } from '@grafana/ui';
import { css } from '@emotion/css';
import React, { useEffect, useState } from 'react';
import { appEvents } from '../services/appEvents.ts';

interface Toast {
  readonly id: number;
  readonly severity: AlertVariant;
  readonly title: string;
  readonly text: string;
}

const LIFETIME_MS = 7_000;
const SEVERITIES = [
  [AppEvents.alertError, 'error'],
  [AppEvents.alertWarning, 'warning'],
  [AppEvents.alertSuccess, 'success'],
  [AppEvents.alertInfo, 'info'],
] as const;
let lastId = 0;

/** The alerts that pages and the BackendSrv publish, for a few seconds each. */
export function Toasts() {
  const styles = useStyles2(getStyles);
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const remove = (id: number) => setToasts((all) => all.filter((toast) => toast.id !== id));
  useEffect(() => {
    const unsubscribes = SEVERITIES.map(([event, severity]) => {
      const show = ([title, text]: ReadonlyArray<string | Error | undefined> = []) => {
        lastId += 1;
        const toast: Toast = { id: lastId, severity, title: wordsOf(title), text: wordsOf(text) };
        setToasts((all) => [...all, toast]);
        window.setTimeout(() => remove(toast.id), LIFETIME_MS);
      };
      appEvents.on(event, show);
      return () => appEvents.off(event, show);
    });
    return () => unsubscribes.forEach((unsubscribe) => unsubscribe());
  }, []);
  return (
    <div className={styles.toasts} aria-live="polite">
      {toasts.map(({ id, severity, title, text }) => (
        <Alert key={id} severity={severity} title={title} elevated onRemove={() => remove(id)}>
          {text}
        </Alert>
      ))}
    </div>
  );
}

function wordsOf(part: string | Error | undefined): string {
  return part instanceof Error ? part.message : (part ?? '');
}

const getStyles = (theme: GrafanaTheme2) => ({
  toasts: css({
    position: 'fixed',
    top: theme.spacing(6),
    right: theme.spacing(2),
    width: 'min(400px, calc(100vw - 32px))',
    zIndex: theme.zIndex.portal,
  }),
});

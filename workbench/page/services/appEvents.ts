import { EventBusSrv } from '@grafana/data';

/** The page's event bus: alerts, theme changes. */
export const appEvents = new EventBusSrv();

import { type DataSourceApi, type DataSourceInstanceSettings, type DataSourceRef } from '@grafana/data';
import { type DataSourceSrv, type GetDataSourceListFilters } from '@grafana/runtime';
import { SIDECAR_DATA_SOURCE, SidecarDataSource } from './sidecarDataSource.ts';

/** Grafana's DataSourceSrv with one data source: the sidecar's Prometheus API. */
export class WorkbenchDataSourceSrv implements DataSourceSrv {
  private readonly sidecar = new SidecarDataSource(SIDECAR_DATA_SOURCE);

  get(ref?: DataSourceRef | string | null): Promise<DataSourceApi> {
    return this.getInstanceSettings(ref) === undefined
      ? Promise.reject(new Error(`Datasource ${nameOf(ref)} was not found`))
      : Promise.resolve(this.sidecar as unknown as DataSourceApi);
  }

  getList({ pluginId, type, filter, logs, tracing }: GetDataSourceListFilters = {}): DataSourceInstanceSettings[] {
    const types = type === undefined ? undefined : [type].flat();
    const isListed =
      logs !== true &&
      tracing !== true &&
      (pluginId === undefined || pluginId === SIDECAR_DATA_SOURCE.type) &&
      (types === undefined || types.includes(SIDECAR_DATA_SOURCE.type)) &&
      (filter === undefined || filter(SIDECAR_DATA_SOURCE));
    return isListed ? [SIDECAR_DATA_SOURCE] : [];
  }

  getInstanceSettings(ref?: DataSourceRef | string | null): DataSourceInstanceSettings | undefined {
    const { uid, name, type } = SIDECAR_DATA_SOURCE;
    const wanted = nameOf(ref);
    return [undefined, 'default', uid, name, type].includes(wanted) ? SIDECAR_DATA_SOURCE : undefined;
  }

  reload(): Promise<void> {
    return Promise.resolve();
  }

  registerRuntimeDataSource(): void {
    throw new Error('The workbench has one data source and takes no other');
  }
}

function nameOf(ref: DataSourceRef | string | null | undefined): string | undefined {
  return typeof ref === 'string' ? ref : (ref?.uid ?? ref?.type);
}

import { type ScopedVars, type TimeRange } from '@grafana/data';
import { type TemplateSrv } from '@grafana/runtime';

const VARIABLE = /\$(\w+)|\$\{(\w+)(?::\w+)?\}/g;

/** Grafana's TemplateSrv for scoped variables alone: the workbench's dashboard has no others. */
export class WorkbenchTemplateSrv implements TemplateSrv {
  getVariables() {
    return [];
  }

  replace(target = '', scopedVars: ScopedVars = {}): string {
    return target.replace(VARIABLE, (whole: string, plain?: string, braced?: string) => {
      const value: unknown = scopedVars[plain ?? braced ?? '']?.value;
      return value === undefined ? whole : String(value);
    });
  }

  containsTemplate(target?: string): boolean {
    return target !== undefined && target.search(VARIABLE) >= 0;
  }

  updateTimeRange(_: TimeRange): void {
    return undefined;
  }
}

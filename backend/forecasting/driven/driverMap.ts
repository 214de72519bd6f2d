import type { Series } from '../../timeseries/index.ts';
import { columnRoles, driverColumns, driverShape, type DriverShape } from './driverColumns.ts';
import type { RegressionColumn } from './regressionVariant.ts';

const MAX_DRIVERS = 6;

/** From drivers to their part of a target: the shapes of the drivers, and a coefficient for each of their columns. */
export class DriverMap {
  readonly shapes: readonly DriverShape[];
  readonly roles: readonly RegressionColumn[];
  readonly #coefficients: Float64Array;

  private constructor(shapes: readonly DriverShape[], coefficients: Float64Array) {
    this.shapes = shapes;
    this.roles = shapes.flatMap((shape, driver) => columnRoles(shape).map((role) => ({ role, driver })));
    this.#coefficients = coefficients;
  }

  /** The map of no effect of those drivers that change over their first `length` steps, the first six. */
  static read(drivers: ReadonlyMap<string, Series>, length: number): DriverMap {
    const shapes = Array.from(drivers, ([name, { grid, values }]) =>
      driverShape(name, values.subarray(0, length), grid)
    ).filter((shape) => shape !== undefined);
    return new DriverMap(shapes.slice(0, MAX_DRIVERS), new Float64Array(0));
  }

  /** The same with coefficients, in units of the target. */
  with(coefficients: Float64Array): DriverMap {
    return new DriverMap(this.shapes, coefficients);
  }

  /** The columns of all drivers, one after the other. */
  columns(drivers: ReadonlyMap<string, Series>): Float64Array[] {
    return this.shapes.flatMap((shape) => driverColumns(shape, drivers.get(shape.name)!));
  }

  /** The drivers that have an effect. */
  get driverNames(): string[] {
    return this.shapes.map(({ name }) => name).filter((_, driver) => this.#acts(driver));
  }

  /**
   * What the drivers (those of `names` only, where given) add to the target at each step, less a constant; `columns` are
   * those of `columns()`.
   */
  effect(columns: readonly Float64Array[], names?: ReadonlySet<string>): Float64Array {
    const effect = new Float64Array(columns[0]?.length ?? 0);
    columns.forEach((column, i) => {
      const coefficient = this.#coefficients[i]!;
      if (coefficient !== 0 && names?.has(this.shapes[this.roles[i]!.driver]!.name) !== false) {
        for (let t = 0; t < effect.length; t++) {
          effect[t]! += coefficient * column[t]!;
        }
      }
    });
    return effect;
  }

  /** One driver's shape, and the coefficients of its columns in units of the target; undefined without an effect. */
  partOf(name: string): { readonly shape: DriverShape; readonly coefficients: Float64Array } | undefined {
    const driver = this.shapes.findIndex((shape) => shape.name === name);
    const coefficients = this.#coefficients.filter((_, i) => this.roles[i]!.driver === driver);
    return driver < 0 || coefficients.every((value) => value === 0)
      ? undefined
      : { shape: this.shapes[driver]!, coefficients };
  }

  #acts(driver: number): boolean {
    return this.#coefficients.some((coefficient, i) => coefficient !== 0 && this.roles[i]!.driver === driver);
  }

  /** The coefficients that are not 0, in units of the target for one of the driver. */
  coefficients(): Array<{ driver: string; feature: string; value: number }> {
    const listed: Array<{ driver: string; feature: string; value: number }> = [];
    let column = 0;
    for (const shape of this.shapes) {
      const roles = columnRoles(shape);
      roles.forEach((role, place) => {
        const value = this.#coefficients[column++]! / shape.spread;
        if (value !== 0) {
          const number = place - roles.indexOf(role);
          listed.push({ driver: shape.name, feature: featureName(shape, role, number), value });
        }
      });
    }
    return listed;
  }
}

function featureName({ knots, lags, center, spread }: DriverShape, role: string, place: number): string {
  if (role === 'segment') {
    const at = (knot: number): string => (center + knot * spread).toPrecision(4);
    const from = place === 0 ? '' : `from ${at(knots[place - 1]!)}`;
    const to = place === knots.length ? '' : `to ${at(knots[place]!)}`;
    return `${from} ${to}`.trim() || 'level';
  }
  return role === 'lag'
    ? `mean of ${lags[place]!.join(' to ')} steps ago`
    : `x ${place === 0 ? 'sine' : 'cosine'} of day`;
}

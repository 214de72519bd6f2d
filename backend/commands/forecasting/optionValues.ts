import { HeadroomError } from '../../errors/index.ts';
import { parseDurationSeconds } from '../../timeseries/index.ts';

/** Reads the values of a command's options; each throws USAGE with the option, what it must be and what it was. */
export class OptionValues {
  readonly #command: string;

  constructor(command: string) {
    this.#command = command;
  }

  /** A whole number from `least` to `most`. */
  whole(name: string, text: string, least: number, most: number): number {
    const value = Number(text);
    return text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most
      ? value
      : this.fail(`${name} must be a whole number from ${String(least)} to ${String(most)}, not ${text}`);
  }

  /** Names parted by commas, each once, at least one. */
  names(name: string, text: string): readonly string[] {
    const names = text.split(',').map((each) => each.trim());
    const twice = names.find((each, index) => names.indexOf(each) !== index);
    if (twice !== undefined && twice !== '') {
      return this.fail(`${name} names ${twice} twice`);
    }
    return names.includes('')
      ? this.fail(`${name} must be names parted by commas, not ${JSON.stringify(text)}`)
      : names;
  }

  /** Levels within (0, 1), ascending, each once. */
  levels(name: string, text: string): readonly number[] {
    const levels = text.split(',').map((each) => (each.trim() === '' ? Number.NaN : Number(each)));
    return levels.every((level, row) => level > (levels[row - 1] ?? 0) && level < 1)
      ? levels
      : this.fail(`${name} must be numbers between 0 and 1, ascending, each once, not ${text}`);
  }

  /** A duration as Prometheus writes it, in seconds, more than 0. */
  duration(name: string, text: string): number {
    const seconds = parseDurationSeconds(text);
    return seconds !== undefined && seconds > 0
      ? seconds
      : this.fail(`${name} must be a duration such as 5m or 1h30m, not ${text}`);
  }

  /** An IANA time zone. */
  timeZone(name: string, text: string): string {
    try {
      new Intl.DateTimeFormat('en', { timeZone: text });
      return text;
    } catch {
      return this.fail(`${name} must be a time zone such as Europe/Berlin, not ${text}`);
    }
  }

  fail(problem: string): never {
    throw new HeadroomError('USAGE', { problem, command: this.#command });
  }
}

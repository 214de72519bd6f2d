import { HeadroomError } from '../errors/index.ts';
import { parseDurationSeconds } from '../timeseries/index.ts';
import type { EnvironmentVariables } from './environment.ts';

/** How learnt models are kept up to date. */
export interface LearningSettings {
  /** Whether a challenger that its trial found better comes into charge by itself, or waits for a person. */
  readonly promotion: 'auto' | 'approve';
  /** How often each is trained again; 0 for only after a drift, or when a person asks. */
  readonly retrainSeconds: number;
  /** Of all cores: what trainings that nobody asked for may take. */
  readonly trainingShare: number;
  /** Of all cores: what forecasts in shadow may take. */
  readonly shadowShare: number;
}

const LONGEST_SECONDS = 366 * 86_400;
const SHORTEST_SECONDS = 3600;

/** Reads how models are kept up to date; throws CONFIG_ENVIRONMENT_INVALID. */
export function readLearning(env: EnvironmentVariables): LearningSettings {
  const promotion = env['HEADROOM_PROMOTION'] || 'auto';
  if (promotion !== 'auto' && promotion !== 'approve') {
    throw invalid('HEADROOM_PROMOTION', `it must be auto or approve, not ${promotion}`);
  }
  const interval = env['HEADROOM_RETRAIN_INTERVAL'] || '7d';
  const retrainSeconds = parseDurationSeconds(interval);
  const isWithin =
    retrainSeconds === 0 ||
    (retrainSeconds !== undefined && retrainSeconds >= SHORTEST_SECONDS && retrainSeconds <= LONGEST_SECONDS);
  if (!isWithin) {
    throw invalid(
      'HEADROOM_RETRAIN_INTERVAL',
      `it must be a duration from 1h to 366d, or 0 for never, not ${interval}`
    );
  }
  return {
    promotion,
    retrainSeconds,
    trainingShare: share('HEADROOM_TRAINING_CPU_SHARE', 0.1, env),
    shadowShare: share('HEADROOM_SHADOW_CPU_SHARE', 0.05, env),
  };
}

function share(name: string, usual: number, env: EnvironmentVariables): number {
  const text = env[name];
  const value = text === undefined || text === '' ? usual : Number(text);
  if (!(value >= 0 && value <= 1)) {
    throw invalid(name, `it must be a share of all cores, 0 to 1, not ${text ?? ''}`);
  }
  return value;
}

function invalid(name: string, problem: string): HeadroomError {
  return new HeadroomError('CONFIG_ENVIRONMENT_INVALID', { name, problem });
}

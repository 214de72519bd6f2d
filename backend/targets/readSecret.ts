import { HeadroomError } from '../errors/index.ts';

/** The secret in a variable of the environment, without white space around it; throws TARGET_SETTINGS_INVALID. */
export function readSecret(
  target: string,
  variable: string,
  env: Readonly<Record<string, string | undefined>>
): string {
  const secret = env[variable]?.trim();
  if (secret === undefined || secret === '') {
    throw new HeadroomError('TARGET_SETTINGS_INVALID', { target, problem: `${variable} is not set` });
  }
  // A header takes visible ASCII only; a secret with anything else was pasted wrongly.
  if (!/^[\x20-\x7e]+$/.test(secret)) {
    const problem = `${variable} has characters other than visible ASCII`;
    throw new HeadroomError('TARGET_SETTINGS_INVALID', { target, problem });
  }
  return secret;
}

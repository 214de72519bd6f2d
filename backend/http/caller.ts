import type { Permission } from '../config/index.ts';

/** Who asks, as far as it was proven. */
export interface Caller {
  /** A person's login, or `token:read` and the like for a machine that shows a token alone. */
  readonly name: string;
  /** What it rests on: a signed identity, a trusted proxy's word, a token, loopback without tokens, nothing at all. */
  readonly via: 'grafana' | 'proxy' | 'token' | 'local' | 'public';
  /** What the token grants; it includes the ones before it. */
  readonly permission: Permission;
  /** What does not change when a person is renamed: `user:2`. */
  readonly subject?: string;
}

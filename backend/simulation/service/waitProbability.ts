import { normalCdf } from '../../statistics/index.ts';

/** From here on the limit for many servers is as good as the exact figure, to about a hundredth. */
const MANY_SERVERS = 1000;

/**
 * The probability that an arrival has to wait for one of `servers` with `load` erlangs offered (Erlang C).
 *
 * 1 where the load fills them. Exact by the recursion of Erlang B up to 1,000 servers, beyond by the limit of Halfin and
 * Whitt, Operations Research 29 (1981).
 */
export function waitProbability(servers: number, load: number): number {
  if (load >= servers) {
    return 1;
  }
  if (load <= 0) {
    return 0;
  }
  if (servers > MANY_SERVERS) {
    const slack = (1 - load / servers) * Math.sqrt(servers);
    const density = Math.exp(-0.5 * slack * slack) / Math.sqrt(2 * Math.PI);
    return density === 0 ? 0 : 1 / (1 + (slack * normalCdf(slack)) / density);
  }
  let blocking = 1;
  for (let server = 1; server <= servers; server++) {
    blocking = (load * blocking) / (server + load * blocking);
  }
  return blocking / (1 - (load / servers) * (1 - blocking));
}

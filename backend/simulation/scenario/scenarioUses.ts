/** When each of the scenarios that ship is worth a look, by name. */
export const SCENARIO_USES: Readonly<Record<string, string>> = {
  'api-spike':
    'Before a launch, a partner’s integration or a campaign of unknown size: is there room for a fifth more?',
  'added-vm': 'To see what one more replica would buy before paying for it.',
  'denial-of-service': 'To know what an attack would cost, and whether to carry it or to let the edge shed it.',
  'data-load': 'Before an import, a backfill or a migration that goes through the service.',
  'user-growth': 'When a trend is expected that the history does not show yet.',
  'zone-loss': 'To size for the loss of a zone: does what remains carry the load until replicas are back?',
  'node-failure': 'To see how thin the margin of a small service is; node failures are a matter of weeks.',
  'heavier-deployment':
    'Before rolling out a version whose profile got worse, or to see how much worse it may get. It needs a resource named `cpu`.',
  'retry-storm': 'After an incident in a dependency: how much headroom rides out the clients that come back at once?',
  'flash-sale': 'Before a sale or a broadcast with a known beginning. Copy it and set `start` and `factor`.',
  'batch-overlap': 'When nightly jobs slip into the working day.',
  'cache-loss': 'Before restarting or resizing a cache, and for services that only stand with a warm one.',
};

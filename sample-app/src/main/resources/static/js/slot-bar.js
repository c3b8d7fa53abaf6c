// A bar of all hash slots of a cluster, in the colours of their primaries.

import { byId, element, reconcile } from './dom.js';
import { shardColour } from './palette.js';
import { describeSlots, SLOTS } from './shards.js';

export function showSlots(groups) {
  const shards = groups.filter(({ primary }) => primary);
  const ranges = shards.flatMap((shard) => shard.primary.slots.map((range) => ({ ...range, shard })));
  reconcile(byId('slots'), ranges, (range) => range.first, () => element('span'), (span, range) => {
    span.style.left = `${(100 * range.first) / SLOTS}%`;
    span.style.width = `${(100 * (range.last - range.first + 1)) / SLOTS}%`;
    span.style.setProperty('--shard', shardColour(range.shard.index));
    span.dataset.state = range.shard.primary.state;
    span.title = `${range.first}–${range.last}: ${range.shard.primary.port}`;
  });
  const holders = shards.map(({ primary }) => `${primary.port} holds ${describeSlots(primary)}`);
  byId('slots').setAttribute('aria-label', `Hash slots by primary: ${holders.join('; ')}`);
}

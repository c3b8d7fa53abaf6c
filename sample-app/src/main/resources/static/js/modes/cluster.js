// Primaries that share the hash slots, and their replicas.

import { count } from '../format.js';
import { isUp } from '../nodes.js';
import { describeSlots, shardsOf, SLOTS, slotsOf } from '../shards.js';

export const place = 'Redis Cluster';
export const heading = 'Cluster';
export const noun = 'node';

const primaryFirst = ({ primary, nodes }) =>
  [...nodes].sort((a, b) => (b === primary) - (a === primary) || a.port - b.port);

export function groupsOf(nodes) {
  return shardsOf(nodes).map((shard) => ({
    ...shard,
    nodes: primaryFirst(shard),
    key: shard.primary?.slots[0].first ?? 'none',
    title: shard.primary ? `Shard ${shard.index + 1}` : 'Outside the map',
    detail: shard.primary ? describeSlots(shard.primary) : '',
  }));
}

export const placeOf = (slot) => (slot === null ? 'in several slots, ' : `slot ${slot}, `);

export const roleOf = (node) => node.role.toLowerCase();

export function relation(node, { nameOf, primary }) {
  if (node.role === 'REPLICA') {
    return `replicates ${primary ? nameOf(primary) : 'nobody yet'}`;
  }
  return node.slots.length > 0 ? `${count(slotsOf(node))} slots` : 'serves no slots';
}

export function health(nodes, groups) {
  const primaries = groups.flatMap(({ primary }) => primary ?? []);
  const down = nodes.filter((node) => !isUp(node)).length;
  const served = primaries.filter(isUp).reduce((sum, primary) => sum + slotsOf(primary), 0);
  if (served < SLOTS) {
    return { state: 'down', text: `${count(SLOTS - served)} slots without a primary` };
  }
  return down > 0 ? { state: 'degraded', text: `All slots served, ${down} of ${nodes.length} nodes down` }
    : { state: 'up', text: `All slots served by ${primaries.length} primaries` };
}

// Makes shards of the nodes of a cluster: who serves which slots, and who stands behind
// whom.

export const SLOTS = 16384;

export const slotsOf = (node) => node.slots.reduce((sum, range) => sum + range.last - range.first + 1, 0);

export const describeSlots = (node) => node.slots.map((range) => `${range.first}–${range.last}`).join(', ');

// The shards in the order of their slots, and last, without a primary, the nodes that
// belong to none.
export function shardsOf(nodes) {
  const shards = nodes.filter((node) => node.slots.length > 0)
    .sort((a, b) => a.slots[0].first - b.slots[0].first)
    .map((primary, index) => ({ index, primary, nodes: [primary] }));
  const holding = (slot) => shards.find(({ primary }) =>
    primary.slots.some((range) => range.first <= slot && slot <= range.last));
  const strays = [];
  for (const node of nodes.filter((candidate) => candidate.slots.length === 0)) {
    const shard = shards.find(({ primary }) => primary.id === node.primaryId) ?? holding(node.formerSlots[0]?.first);
    (shard?.nodes ?? strays).push(node);
  }
  return strays.length > 0 ? [...shards, { nodes: strays }] : shards;
}

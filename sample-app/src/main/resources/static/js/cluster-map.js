// The cluster: a bar of all hash slots, under it each shard with its nodes, and one
// sentence on its health.

import { byId, element, reconcile } from './dom.js';
import { count } from './format.js';
import { createNode, updateNode } from './node-card.js';
import { shardColour } from './palette.js';
import { describeSlots, namesOf, shardsOf, SLOTS, slotsOf, withProcesses } from './shards.js';

function showSlots(shards) {
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

function updateShard(card, shard, nodes, limit) {
  card.style.setProperty('--shard', shard.primary ? shardColour(shard.index) : '');
  card.querySelector('h3').replaceChildren(shard.primary ? `Shard ${shard.index + 1}` : 'Outside the map',
    element('span', {}, shard.primary ? describeSlots(shard.primary) : ''));
  const nameOf = namesOf(nodes);
  const primaryFirst = [...shard.nodes].sort((a, b) => (b === shard.primary) - (a === shard.primary) || a.port - b.port);
  reconcile(card.querySelector('.nodes'), primaryFirst, (node) => node.id, createNode, (item, node) =>
    updateNode(item, node, { nameOf, limit, primary: nodes.find((candidate) => candidate.id === node.primaryId) }));
}

function showHealth(nodes, shards) {
  const down = nodes.filter((node) => node.state !== 'UP').length;
  const served = shards.filter(({ primary }) => primary.state === 'UP')
    .reduce((sum, { primary }) => sum + slotsOf(primary), 0);
  const pill = byId('health');
  if (served < SLOTS) {
    pill.dataset.state = 'down';
    pill.textContent = `${count(SLOTS - served)} slots without a primary`;
  } else if (down > 0) {
    pill.dataset.state = 'degraded';
    pill.textContent = `All slots served, ${down} of ${nodes.length} nodes down`;
  } else {
    pill.dataset.state = 'up';
    pill.textContent = `All slots served by ${shards.length} primaries`;
  }
}

export function showCluster(cluster, processes) {
  const nodes = withProcesses(cluster.nodes, processes);
  const shards = shardsOf(nodes);
  const served = shards.filter((shard) => shard.primary);
  reconcile(byId('shards'), shards, (shard) => shard.primary?.slots[0].first ?? 'none',
    () => element('article', { class: 'shard' }, element('h3'), element('ul', { class: 'nodes' })),
    (card, shard) => updateShard(card, shard, nodes, cluster.maxConnections));
  if (nodes.length > 0) {
    showSlots(served);
    showHealth(nodes, served);
  }
  byId('cluster-note').textContent = cluster.problem
    ?? `${nodes.length} nodes, at most ${cluster.maxConnections} connections in all`;
}

// The nodes in cards of those that belong together, above them the slots of a cluster,
// and one sentence on their health.

import { byId, element, reconcile } from './dom.js';
import { plural, seconds } from './format.js';
import { createNode, updateNode } from './node-card.js';
import { namesOf, withProcesses } from './nodes.js';
import { shardColour } from './palette.js';
import { showSlots } from './slot-bar.js';

const createGroup = () => element('article', { class: 'shard' }, element('h3'), element('ul', { class: 'nodes' }));

function updateGroup(card, group, { mode, nodes, limit }) {
  card.style.setProperty('--shard', group.primary ? shardColour(group.index) : '');
  const heading = card.querySelector('h3');
  heading.hidden = group.title === undefined;
  heading.replaceChildren(group.title ?? '', element('span', {}, group.detail ?? ''));
  const nameOf = namesOf(nodes);
  reconcile(card.querySelector('.nodes'), group.nodes, (node) => node.id, createNode, (item, node) =>
    updateNode(item, node, {
      mode, nodes, nameOf, limit, primary: nodes.find((candidate) => candidate.id === node.primaryId),
    }));
}

function showMode(mode, name) {
  if (document.body.dataset.mode !== name) {
    document.body.dataset.mode = name;
    document.title = `Hotplate: a link board on ${mode.place}`;
    byId('tagline').textContent = `A link board on ${mode.place}, and what its client is doing`;
    byId('nodes-heading').textContent = mode.heading;
  }
}

function showHealth({ state, text }) {
  byId('health').dataset.state = state;
  byId('health').textContent = text;
}

export function showNodes(topology, mode, processes) {
  const nodes = withProcesses(topology.nodes, processes);
  const groups = mode.groupsOf(nodes);
  const limit = topology.maxConnections;
  showMode(mode, topology.mode);
  if (nodes.length > 0) {
    reconcile(byId('shards'), groups, ({ key }) => key, createGroup, (card, group) =>
      updateGroup(card, group, { mode, nodes, limit }));
    showSlots(groups);
    showHealth(mode.health(nodes, groups));
  }
  byId('nodes-note').textContent = topology.problem
    ?? `${plural(nodes.length, mode.noun)}, at most ${limit} connections in all`;
}

export function showTopologyAge({ ageMillis, lastRefresh, lastFailure }) {
  const age = ageMillis === undefined ? 'not known yet' : `learned ${seconds(ageMillis / 1000)} ago`;
  const reason = lastRefresh ? `; the last refresh was for: ${lastRefresh.replaceAll('_', ' ')}` : '';
  byId('topology-note').textContent = `Topology ${age}${reason}${lastFailure ? ` (failed: ${lastFailure})` : ''}`;
}

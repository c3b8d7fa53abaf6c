// A primary with replicas, one of which the Sentinels promote when it dies.

import { plural } from '../format.js';
import { isUp } from '../nodes.js';

export const place = 'Redis Sentinel';
export const heading = 'Primary and replicas';
export const noun = 'node';

const primaryOf = (nodes) => nodes.find((node) => node.role === 'PRIMARY');

export function groupsOf(nodes) {
  const primary = primaryOf(nodes);
  const primaryFirst = [...nodes].sort((a, b) => (b === primary) - (a === primary) || a.port - b.port);
  return [{ key: 'all', index: 0, primary, nodes: primaryFirst }];
}

export const placeOf = () => '';

export const roleOf = (node) => node.role.toLowerCase();

export function relation(node, { nameOf, primary }) {
  if (node.state === 'EJECTED' || node.state === 'DOWN') {
    return 'unfit, say the Sentinels';
  }
  return node.role === 'REPLICA' ? `replicates ${nameOf(primary)}` : 'takes all writes';
}

export function health(nodes) {
  const down = nodes.filter((node) => !isUp(node)).length;
  if (!isUp(primaryOf(nodes))) {
    return { state: 'down', text: 'The primary does not answer' };
  }
  return down > 0 ? { state: 'degraded', text: `The primary answers, ${down} of ${nodes.length} nodes out` }
    : { state: 'up', text: `The primary and ${plural(nodes.length - 1, 'replica')} answer` };
}

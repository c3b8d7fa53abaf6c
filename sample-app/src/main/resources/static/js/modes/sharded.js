// Servers that know nothing of each other. The client finds the server of a key by its
// hash, and leaves out those that fail.

import { isUp } from '../nodes.js';

export const place = 'sharded Redis servers';
export const heading = 'Servers';
export const noun = 'server';

export const groupsOf = (nodes) => nodes.map((node, index) =>
  ({ key: node.id, index, title: `Server ${index + 1}`, detail: '', primary: node, nodes: [node] }));

export const placeOf = (slot) => (slot === null ? 'on several servers, ' : '');

export const roleOf = () => 'server';

export function relation(node, { nodes }) {
  if (node.state === 'EJECTED') {
    return node.secondsToProbe > 0 ? `probed in ${node.secondsToProbe} s` : 'probed now';
  }
  return `hash mod ${nodes.length} = ${nodes.findIndex(({ id }) => id === node.id)}`;
}

export function health(nodes) {
  const inUse = nodes.filter(isUp).length;
  if (inUse === 0) {
    return { state: 'down', text: 'No server in use' };
  }
  return inUse < nodes.length ? { state: 'degraded', text: `${inUse} of ${nodes.length} servers in use` }
    : { state: 'up', text: `All ${inUse} servers in use` };
}

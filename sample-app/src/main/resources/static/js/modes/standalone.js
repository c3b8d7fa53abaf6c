// One server.

import { isUp } from '../nodes.js';

export const place = 'a single Redis server';
export const heading = 'Server';
export const noun = 'server';

export const groupsOf = (nodes) => nodes.map((node, index) => ({ key: node.id, index, primary: node, nodes: [node] }));

export const placeOf = () => '';

export const roleOf = () => 'server';

export const relation = () => 'has all keys';

export const health = (nodes) => (nodes.every(isUp) ? { state: 'up', text: 'The server answers' }
  : { state: 'down', text: 'The server does not answer' });

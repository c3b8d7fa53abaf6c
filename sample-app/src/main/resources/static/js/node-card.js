// One node: its address, role and health, and the client's connections to it.

import { startNode, stopNode } from './api.js';
import { byId, element } from './dom.js';

const TROUBLE = { SUSPECTED: 'no answer', EJECTED: 'ejected', DOWN: 'DOWN' };

function createButton(item, port) {
  const button = element('button', { type: 'button' });
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      await (item.dataset.running === 'true' ? stopNode(port) : startNode(port));
    } catch (failure) {
      byId('nodes-note').textContent = failure.message;
    }
    button.disabled = false;
  });
  return button;
}

export function createNode(node) {
  const item = element('li', { class: 'node' },
    element('div', { class: 'node-line' }, element('span', { class: 'address' }), element('span', { class: 'badge' })),
    element('div', { class: 'node-detail' }, element('span', { class: 'relation' }), element('span', { class: 'usage' })),
    element('div', { class: 'pool', role: 'img' }, element('span', { class: 'idle' }),
      element('span', { class: 'active' })));
  if (node.running !== undefined) {
    item.querySelector('.node-line').append(createButton(item, node.port));
  }
  return item;
}

export function updateNode(item, node, { mode, nodes, nameOf, primary, limit }) {
  item.dataset.state = node.state;
  item.dataset.role = node.role;
  item.dataset.running = node.running;
  item.querySelector('.address').textContent = nameOf(node);
  item.querySelector('.badge').textContent = TROUBLE[node.state] ?? mode.roleOf(node);
  item.querySelector('.relation').textContent = mode.relation(node, { nodes, nameOf, primary });
  const usage = `${node.active} in use, ${node.idle} idle`;
  item.querySelector('.usage').textContent = usage;
  item.querySelector('.pool').setAttribute('aria-label', `Connections: ${usage}, at most ${limit}`);
  item.querySelector('.active').style.width = `${(100 * node.active) / limit}%`;
  item.querySelector('.idle').style.width = `${(100 * (node.active + node.idle)) / limit}%`;
  const button = item.querySelector('button');
  if (button) {
    button.textContent = node.running ? 'Kill' : 'Restart';
    button.setAttribute('aria-label', `${button.textContent} ${node.host}:${node.port}`);
  }
}

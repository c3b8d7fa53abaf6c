// Buttons that plant problems and remove them again, and where to look for each.

import { plantProblem, removeProblem } from './api.js';
import { byId, element, reconcile } from './dom.js';

const EVIDENCE = {
  'one-by-one': 'Named by Worst routes and by a WARN line of the log',
  'hot-key': 'Named by Hot keys',
  'slow-node': 'Named by Slow calls',
};

function createProblem({ id }) {
  const item = element('li', {}, element('span', { class: 'title' }), element('button', { type: 'button' }),
    element('p', { class: 'note' }));
  const button = item.querySelector('button');
  button.addEventListener('click', async () => {
    try {
      await (item.dataset.planted === 'true' ? removeProblem(id) : plantProblem(id));
      byId('problems-message').textContent = '';
    } catch (failure) {
      byId('problems-message').textContent = failure.message;
    }
  });
  return item;
}

function updateProblem(item, { id, title, planted, possible }) {
  const button = item.querySelector('button');
  item.dataset.planted = planted;
  item.querySelector('.title').textContent = title;
  item.querySelector('.note').textContent = possible ? EVIDENCE[id]
    : 'Only with the Redis that the sample starts itself, without foo.url';
  button.textContent = planted ? 'Remove' : 'Plant';
  button.setAttribute('aria-label', `${button.textContent}: ${title}`);
  button.disabled = !possible;
}

export function showProblems(problems) {
  reconcile(byId('problems'), problems, ({ id }) => id, createProblem, updateProblem);
}

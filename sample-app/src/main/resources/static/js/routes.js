// The routes whose requests send the most commands, since the start.

import { resetStatistics } from './api.js';
import { byId, element, reconcile } from './dom.js';
import { count, plural, rate } from './format.js';

const SHOWN = 5;

const createRoute = () => element('li', {}, element('span', { class: 'key' }), element('span', { class: 'address' }),
  element('strong'), element('span', { class: 'bar' }, element('span')), element('p', { class: 'note' }),
  element('p', { class: 'remedy' }));

function updateRoute(item, route, most) {
  const repeated = route.repeatedReads > 0 ? `, ${plural(route.repeatedReads, 'repeated read')}` : '';
  item.title = `${route.route}\n${route.handler}`;
  item.querySelector('.key').textContent = route.route;
  item.querySelector('.address').textContent = route.handler;
  item.querySelector('strong').textContent = rate(route.meanCommands);
  item.querySelector('.bar span').style.width = `${(100 * route.meanCommands) / most}%`;
  item.querySelector('.note').textContent =
    `${plural(route.requests, 'request')}, at most ${count(route.mostCommands)} commands${repeated}`;
  item.querySelector('.remedy').textContent = route.remedy ?? '';
}

export function showRoutes(routes) {
  const worst = [...routes].sort((a, b) => b.mostCommands - a.mostCommands).slice(0, SHOWN);
  const most = Math.max(...worst.map(({ meanCommands }) => meanCommands));
  reconcile(byId('routes'), worst, ({ route, handler }) => `${route} ${handler}`, createRoute, (item, route) =>
    updateRoute(item, route, most));
  byId('routes-empty').hidden = worst.length > 0;
}

byId('reset').addEventListener('click', async () => {
  try {
    await resetStatistics();
    showRoutes([]);
  } catch (failure) {
    byId('routes-empty').textContent = failure.message;
  }
});

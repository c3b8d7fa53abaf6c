// The share of all keys that each server has, where the client spreads them.

import { byId, element, reconcile } from './dom.js';
import { percent } from './format.js';
import { addressOf } from './nodes.js';
import { shardColour } from './palette.js';

const createBar = () => element('li', {}, element('span', { class: 'key address' }), element('span'),
  element('strong'), element('span', { class: 'bar' }, element('span')));

export function showShares(shares, { groups, nameOf }) {
  const shareOf = new Map(shares.map(({ node, share }) => [node, share]));
  reconcile(byId('shares'), groups, ({ key }) => key, createBar, (bar, { index, primary }) => {
    const share = shareOf.get(addressOf(primary)) ?? 0;
    bar.style.setProperty('--shard', shardColour(index));
    bar.querySelector('.key').textContent = nameOf(primary);
    bar.querySelector('strong').textContent = percent(share);
    bar.querySelector('.bar span').style.width = `${100 * share}%`;
  });
}

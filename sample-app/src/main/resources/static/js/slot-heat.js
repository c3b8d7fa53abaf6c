// A heat map of all hash slots, a square for each primary. One cell stands for a few
// slots, since a dot for each would be too small to see.

import { byId, element, reconcile } from './dom.js';
import { count, percent } from './format.js';
import { shardColour } from './palette.js';
import { SLOTS } from './shards.js';

const CELL_SLOTS = 32;

// A share above each of these gives a cell the next colour. A step is about three times
// the one before, since skew goes by factors.
const LIMITS = [0, 0.003, 0.01, 0.03, 0.1, 0.3];

const heatOf = (share) => LIMITS.filter((limit) => share > limit).length;

const hottestOf = (parts) => parts.reduce((hottest, part) => (part.share > hottest.share ? part : hottest));

function cellsOf(primary, shares) {
  const slots = primary.slots.flatMap(({ first, last }) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index));
  const cells = [];
  for (let start = 0; start < slots.length; start += CELL_SLOTS) {
    const members = slots.slice(start, start + CELL_SLOTS);
    const share = members.reduce((sum, slot) => sum + (shares.get(slot) ?? 0), 0);
    cells.push({ first: members[0], last: members.at(-1), share });
  }
  return cells;
}

const describe = ({ first, last, share }) => `slots ${first}–${last}: ${percent(share)}`;

function updateCell(cell, { first, last, share }, keys) {
  const known = keys.filter(({ slot }) => slot !== null && first <= slot && slot <= last).map(({ key }) => key);
  cell.dataset.heat = heatOf(share);
  cell.dataset.first = first;
  cell.dataset.last = last;
  cell.title = [describe({ first, last, share }), ...new Set(known)].join('\n');
}

const createSquare = () => element('figure', {},
  element('figcaption', {}, element('span', { class: 'address' }), element('strong')),
  element('div', { class: 'cells', role: 'img' }));

function updateSquare(figure, shard, { shares, keys, nameOf }) {
  const cells = cellsOf(shard.primary, shares);
  const hottest = hottestOf(cells);
  const grid = figure.querySelector('.cells');
  figure.style.setProperty('--shard', shardColour(shard.index));
  figure.querySelector('.address').textContent = nameOf(shard.primary);
  figure.querySelector('strong').textContent = percent(cells.reduce((sum, { share }) => sum + share, 0));
  grid.style.setProperty('--columns', Math.ceil(Math.sqrt(cells.length)));
  grid.setAttribute('aria-label', `Heat of the slots of ${nameOf(shard.primary)}, at most ${describe(hottest)}`);
  reconcile(grid, cells, (cell) => cell.first, () => element('i'), (item, cell) => updateCell(item, cell, keys));
}

function describeHottest(slots, keys) {
  if (slots.length === 0) {
    return '';
  }
  const { slot, share } = hottestOf(slots);
  const known = keys.find((key) => key.slot === slot);
  return `The hottest slot, ${slot}, takes ${percent(share)} of all keys${known ? `: ${known.key}` : ''}`;
}

export function showHeat(slots, { groups, keys, nameOf }) {
  const shares = new Map(slots.map(({ slot, share }) => [slot, share]));
  const shards = groups.filter(({ primary }) => primary.slots.length > 0);
  reconcile(byId('heat'), shards, (shard) => shard.primary.id, createSquare, (figure, shard) =>
    updateSquare(figure, shard, { shares, keys, nameOf }));
  byId('hottest-slot').textContent = describeHottest(slots, keys);
}

// Frames the cell of a slot, or none where the slot is undefined.
export function pointAt(slot) {
  for (const cell of byId('heat').querySelectorAll('.cells > *')) {
    cell.classList.toggle('pointed', Number(cell.dataset.first) <= slot && slot <= Number(cell.dataset.last));
  }
}

byId('legend').append(...LIMITS.map((limit, index) => {
  const swatch = element('i');
  swatch.dataset.heat = index + 1;
  return element('li', {}, swatch, percent(limit));
}));
byId('heat-note').textContent = `${count(SLOTS)} in cells of ${CELL_SLOTS}`;

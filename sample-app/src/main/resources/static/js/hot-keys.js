// The hot keys: bars of what is read and written most, beside where they are: the heat of
// the slots of a cluster, or the shares of servers among which the client spreads the keys.

import { byId, element, reconcile } from './dom.js';
import { count, percent } from './format.js';
import { addressOf, namesOf } from './nodes.js';
import { shardColour } from './palette.js';
import { showSampleRates } from './sample-rates.js';
import { showShares } from './server-shares.js';
import { pointAt, showHeat } from './slot-heat.js';

function createBar() {
  const bar = element('li', {}, element('span', { class: 'key' }), element('span', { class: 'address' }),
    element('strong'), element('span', { class: 'bar' }, element('span')));
  bar.addEventListener('pointerenter', () => pointAt(Number(bar.dataset.slot)));
  bar.addEventListener('pointerleave', () => pointAt(undefined));
  return bar;
}

function updateBar(bar, { key, share, slot, node, count: uses }, { most, groups, nameOf, mode }) {
  const shard = groups.find(({ primary }) => addressOf(primary) === node);
  bar.style.setProperty('--shard', shard ? shardColour(shard.index) : '');
  bar.dataset.slot = slot ?? NaN;
  bar.title = `${key}\n${mode.placeOf(slot)}about ${count(uses)} times`;
  bar.querySelector('.key').textContent = key;
  bar.querySelector('.address').textContent = shard ? nameOf(shard.primary) : node ?? 'several';
  bar.querySelector('strong').textContent = percent(share);
  bar.querySelector('.bar span').style.width = `${(100 * share) / most}%`;
}

function showBars(access, { sampleRate, keys }, view) {
  const shown = sampleRate > 0 ? keys : [];
  const most = Math.max(...shown.map(({ share }) => share));
  reconcile(byId(`hot-${access}`), shown, ({ key }) => key, createBar, (bar, key) =>
    updateBar(bar, key, { ...view, most }));
  const empty = byId(`hot-${access}-empty`);
  empty.hidden = shown.length > 0;
  empty.textContent = sampleRate > 0 ? `No ${access} sampled yet.`
    : `No ${access} are sampled. Move the slider to find the hot ones.`;
}

function showSamples({ reads, writes, droppedSamples }) {
  const dropped = element('span', {}, `${count(droppedSamples)} dropped`);
  dropped.classList.toggle('alarming', droppedSamples > 0);
  byId('hot-keys-note').replaceChildren(
    `${count(reads.sampledKeys)} reads and ${count(writes.sampledKeys)} writes sampled, `, dropped,
    '; shares of the last seconds');
}

export function showHotKeys(report, nodes, mode) {
  const { reads, writes } = report;
  const view = { mode, groups: mode.groupsOf(nodes).filter(({ primary }) => primary), nameOf: namesOf(nodes) };
  showSampleRates({ reads: reads.sampleRate, writes: writes.sampleRate });
  showBars('reads', reads, view);
  showBars('writes', writes, view);
  const sampled = reads.sampleRate > 0 || writes.sampleRate > 0;
  showHeat(sampled ? report.slots : [], { ...view, keys: [...reads.keys, ...writes.keys] });
  showShares(sampled ? report.nodes : [], view);
  showSamples(report);
}

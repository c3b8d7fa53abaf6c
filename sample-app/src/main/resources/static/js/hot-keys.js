// The hot keys: bars of what is read and written most, beside the heat of the slots.

import { byId, element, reconcile } from './dom.js';
import { count, percent } from './format.js';
import { shardColour } from './palette.js';
import { showSampleRates } from './sample-rates.js';
import { namesOf, shardsOf } from './shards.js';
import { pointAt, showHeat } from './slot-heat.js';

function createBar() {
  const bar = element('li', {}, element('span', { class: 'key' }), element('span', { class: 'address' }),
    element('strong'), element('span', { class: 'bar' }, element('span')));
  bar.addEventListener('pointerenter', () => pointAt(Number(bar.dataset.slot)));
  bar.addEventListener('pointerleave', () => pointAt(undefined));
  return bar;
}

function updateBar(bar, { key, share, slot, node, count: uses }, { most, shards, nameOf }) {
  const shard = shards.find(({ primary }) => `${primary.host}:${primary.port}` === node);
  bar.style.setProperty('--shard', shard ? shardColour(shard.index) : '');
  bar.dataset.slot = slot ?? NaN;
  bar.title = slot === null ? `${key}\nof several slots` : `${key}\nslot ${slot}, about ${count(uses)} times`;
  bar.querySelector('.key').textContent = key;
  bar.querySelector('.address').textContent = shard ? nameOf(shard.primary) : node ?? 'several';
  bar.querySelector('strong').textContent = percent(share);
  bar.querySelector('.bar span').style.width = `${(100 * share) / most}%`;
}

function showBars(access, { sampleRate, keys }, { shards, nameOf }) {
  const shown = sampleRate > 0 ? keys : [];
  const most = Math.max(...shown.map(({ share }) => share));
  reconcile(byId(`hot-${access}`), shown, ({ key }) => key, createBar, (bar, key) =>
    updateBar(bar, key, { most, shards, nameOf }));
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

export function showHotKeys(report, nodes) {
  const { reads, writes } = report;
  const shards = shardsOf(nodes).filter(({ primary }) => primary);
  const nameOf = namesOf(nodes);
  showSampleRates({ reads: reads.sampleRate, writes: writes.sampleRate });
  showBars('reads', reads, { shards, nameOf });
  showBars('writes', writes, { shards, nameOf });
  const sampled = reads.sampleRate > 0 || writes.sampleRate > 0;
  showHeat(sampled ? report.slots : [], { shards, nameOf, keys: [...reads.keys, ...writes.keys] });
  showSamples(report);
}

// The slowest calls of the last minute, or else those before, and where their time went.

import { byId, element, reconcile } from './dom.js';
import { count, millis, seconds } from './format.js';
import { addressOf, namesOf } from './nodes.js';
import { shardColour } from './palette.js';

const SHOWN = 6;

const RECENT_SECONDS = 60;

const PARTS = { server: 'server', poolWait: 'wait for a connection', connect: 'connect', retries: 'retries',
  redirects: 'redirects' };

const secondsSince = ({ at }) => Math.max(0, (Date.now() - Date.parse(at)) / 1000);

const createCall = () => element('li', {}, element('span', { class: 'key' }), element('span', { class: 'address' }),
  element('strong'), element('span', { class: 'bar stack', role: 'img' },
    ...Object.keys(PARTS).map((part) => element('span', { 'data-part': part }))));

function updateCall(item, call, { most, groups, nodes, nameOf }) {
  const node = nodes.find((candidate) => addressOf(candidate) === call.node);
  const group = groups.find((candidate) => candidate.nodes.includes(node));
  const parts = Object.entries(PARTS).map(([part, name]) => ({ part, name, time: call[`${part}Millis`] }));
  const described = parts.filter(({ time }) => time > 0).map(({ name, time }) => `${name} ${millis(time)}`).join(', ');
  const command = `${call.command} ${call.key ?? ''}`.trim();
  item.style.setProperty('--shard', group?.primary ? shardColour(group.index) : '');
  item.classList.toggle('past', secondsSince(call) > RECENT_SECONDS);
  item.title = [command, described, call.error ?? '', call.traceId ? `trace ${call.traceId}` : '']
    .filter((text) => text !== '').join('\n');
  item.querySelector('.key').textContent = call.error ? `${command} (${call.error})` : command;
  item.querySelector('.address').textContent =
    `${node ? nameOf(node) : call.node ?? 'no node'}, ${seconds(secondsSince(call))} ago`;
  item.querySelector('strong').textContent = millis(call.totalMillis);
  item.querySelector('.bar').setAttribute('aria-label', described);
  parts.forEach(({ part, time }) => {
    item.querySelector(`[data-part="${part}"]`).style.width = `${(100 * time) / most}%`;
  });
}

function describeRecent(recent, { nodes, nameOf }) {
  const counts = new Map();
  recent.forEach(({ node }) => counts.set(node, (counts.get(node) ?? 0) + 1));
  const names = new Map(nodes.map((node) => [addressOf(node), nameOf(node)]));
  const parts = [...counts].sort((a, b) => b[1] - a[1])
    .map(([node, calls]) => `${names.get(node) ?? node ?? 'no node'} ${count(calls)}`);
  return parts.length > 0 ? `of the last minute: ${parts.join(', ')}` : 'none in the last minute';
}

export function showSlowCalls(calls, nodes, mode) {
  const recent = calls.filter((call) => secondsSince(call) <= RECENT_SECONDS);
  const shown = (recent.length > 0 ? recent : calls).slice(0, SHOWN);
  const most = Math.max(...shown.map(({ totalMillis }) => totalMillis));
  const view = { most, nodes, groups: mode.groupsOf(nodes), nameOf: namesOf(nodes) };
  reconcile(byId('slow-calls'), shown, ({ at, command, key, totalMillis }) => [at, command, key, totalMillis],
    createCall, (item, call) => updateCall(item, call, view));
  byId('slow-calls-empty').hidden = shown.length > 0;
  byId('slow-calls-note').textContent = describeRecent(recent, view);
}

byId('parts').append(...Object.entries(PARTS).map(([part, name]) =>
  element('li', {}, element('i', { 'data-part': part }), name)));

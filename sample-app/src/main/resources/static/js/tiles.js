import { byId } from './dom.js';
import { count, millis, rate } from './format.js';

export function showTraffic(sample) {
  const commands = Object.values(sample.rates).reduce((sum, value) => sum + value, 0);
  byId('tile-commands').textContent = rate(commands);
  byId('tile-p50').textContent = millis(sample.p50);
  byId('tile-p99').textContent = millis(sample.p99);
  byId('tile-errors').textContent = rate(sample.errors);
  byId('tile-errors').classList.toggle('alarming', sample.errors > 0);
}

export function showConnections(topology) {
  const active = topology.nodes.reduce((sum, node) => sum + node.active, 0);
  const idle = topology.nodes.reduce((sum, node) => sum + node.idle, 0);
  byId('tile-connections').textContent = count(active + idle);
  byId('tile-usage').textContent = `of ${count(topology.maxConnections)}, ${count(active)} in use`;
}

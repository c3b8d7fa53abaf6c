// Asks the server once a second, and hands each answer to the panel that shows it.

import * as api from './api.js';
import { addSamples } from './charts.js';
import { showCommands } from './command-table.js';
import { byId } from './dom.js';
import { showHotKeys } from './hot-keys.js';
import { refreshLinks } from './link-board.js';
import { modeOf } from './modes.js';
import { showNodes } from './node-map.js';
import { showConnections, showTraffic } from './tiles.js';
import { showVisitors } from './visitors.js';

const PERIOD = 1000;

let newest = 0;

async function refreshTraffic() {
  const { samples, commands } = await api.traffic(newest);
  if (samples.length > 0) {
    newest = samples.at(-1).time;
    addSamples(samples);
    showTraffic(samples.at(-1));
  }
  showCommands(commands);
}

async function refreshNodes() {
  const [topology, processes] = await Promise.all([api.topology(), api.processes()]);
  showNodes(topology, modeOf(topology), processes);
  showConnections(topology);
}

async function refreshHotKeys() {
  const [report, topology] = await Promise.all([api.hotKeys(), api.topology()]);
  showHotKeys(report, topology.nodes, modeOf(topology));
}

async function refreshVisitors() {
  showVisitors(await api.visitors());
}

async function keepRefreshing(refresh, onFailure = () => {}) {
  try {
    if (!document.hidden) {
      await refresh();
    }
  } catch (failure) {
    onFailure(failure);
  }
  setTimeout(() => keepRefreshing(refresh, onFailure), PERIOD);
}

keepRefreshing(refreshTraffic);
keepRefreshing(refreshHotKeys);
keepRefreshing(refreshVisitors);
keepRefreshing(refreshLinks);
keepRefreshing(refreshNodes, () => {
  byId('health').dataset.state = 'down';
  byId('health').textContent = 'The application does not answer';
});

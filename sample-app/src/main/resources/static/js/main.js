// Asks the server once a second, and hands each answer to the panel that shows it.

import * as api from './api.js';
import { addSamples } from './charts.js';
import { showCluster } from './cluster-map.js';
import { showCommands } from './command-table.js';
import { byId } from './dom.js';
import { showHotKeys } from './hot-keys.js';
import { refreshLinks } from './link-board.js';
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

async function refreshCluster() {
  const [cluster, processes] = await Promise.all([api.cluster(), api.processes()]);
  showCluster(cluster, processes);
  showConnections(cluster);
}

async function refreshHotKeys() {
  const [report, cluster] = await Promise.all([api.hotKeys(), api.cluster()]);
  showHotKeys(report, cluster.nodes);
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
keepRefreshing(refreshCluster, () => {
  byId('health').dataset.state = 'down';
  byId('health').textContent = 'The application does not answer';
});

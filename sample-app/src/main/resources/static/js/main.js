// Asks the server once a second, and hands each answer to the panel that shows it.

import * as api from './api.js';
import { addSamples, showEvents } from './charts.js';
import { showCommands } from './command-table.js';
import { byId } from './dom.js';
import { showHotKeys } from './hot-keys.js';
import { refreshLinks, refreshStatistics } from './link-board.js';
import { modeOf } from './modes.js';
import { showNodes, showTopologyAge } from './node-map.js';
import { showProblems } from './problems.js';
import { showRoutes } from './routes.js';
import { showSlowCalls } from './slow-calls.js';
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
  showEvents(topology.events);
}

async function refreshDiagnosis() {
  const [{ clients, routes }, topology] = await Promise.all([api.clients(), api.topology()]);
  const client = clients[topology.client];
  showRoutes(routes);
  showSlowCalls(client.slowCalls, topology.nodes, modeOf(topology));
  showTopologyAge(client.topology);
}

async function refreshHotKeys() {
  const [report, topology] = await Promise.all([api.hotKeys(), api.topology()]);
  showHotKeys(report, topology.nodes, modeOf(topology));
}

async function refreshVisitors() {
  showVisitors(await api.visitors());
}

async function refreshProblems() {
  showProblems(await api.problems());
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
keepRefreshing(refreshStatistics);
keepRefreshing(refreshDiagnosis);
keepRefreshing(refreshProblems);
keepRefreshing(refreshNodes, () => {
  byId('health').dataset.state = 'down';
  byId('health').textContent = 'The application does not answer';
});

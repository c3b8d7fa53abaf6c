// The two charts over time, drawn by Chart.js, which the page loads as the global "Chart".

import { troubleMarks } from './chart-marks.js';
import { byId } from './dom.js';
import { count, millis, rate } from './format.js';
import { colour, onSchemeChange, SERIES, seriesName, setSeries } from './palette.js';

const WINDOW_SECONDS = 180;

const RETRY_COLOURS = ['warning', 'bad', 'series-4', 'series-6', 'series-5'];

const samples = [];

let events = [];

function xScale() {
  return {
    type: 'linear',
    min: -WINDOW_SECONDS,
    max: 0,
    grid: { display: false },
    ticks: {
      stepSize: 60,
      maxRotation: 0,
      callback: (value) => (value === 0 ? 'now' : `${-value / 60} min ago`),
    },
  };
}

function createChart(id, yScales, formatValue, plugins = []) {
  return new Chart(document.getElementById(id), {
    type: 'line',
    data: { datasets: [] },
    plugins,
    options: {
      animation: false,
      maintainAspectRatio: false,
      parsing: false,
      interaction: { mode: 'index', intersect: false },
      elements: { point: { radius: 0 }, line: { borderWidth: 1.5 } },
      scales: { x: xScale(), ...yScales },
      plugins: {
        legend: { position: 'bottom', labels: { boxWidth: 10, boxHeight: 10, padding: 10 } },
        tooltip: {
          callbacks: {
            title: (items) => (items.length ? `${Math.round(-items[0].parsed.x)} s ago` : ''),
            label: (item) => `${item.dataset.label}: ${formatValue(item.parsed.y, item.dataset)}`,
          },
        },
      },
    },
  });
}

const commandsChart = createChart('commands-chart',
  { y: { stacked: true, beginAtZero: true, suggestedMax: 20, ticks: { maxTicksLimit: 6 } } }, rate);

const DECADES = [0.01, 0.1, 1, 10, 100, 1000, 10000, 100000];

function widenToDecades(scale) {
  scale.min = DECADES.findLast((value) => value <= scale.min) ?? DECADES[0];
  scale.max = DECADES.find((value) => value >= scale.max) ?? DECADES.at(-1);
}

function keepDecades(scale) {
  scale.ticks = DECADES.filter((value) => value >= scale.min && value <= scale.max).map((value) => ({ value }));
}

const latencyChart = createChart('latency-chart', {
  y: {
    type: 'logarithmic', suggestedMin: 0.1, suggestedMax: 10, afterDataLimits: widenToDecades,
    afterBuildTicks: keepDecades,
    ticks: { callback: (value) => (value < 1000 ? `${value} ms` : `${value / 1000} s`) },
  },
  retries: {
    position: 'right', stacked: true, beginAtZero: true, suggestedMax: 10, display: 'auto', grid: { display: false },
    ticks: { maxTicksLimit: 4, precision: 0 }, title: { display: true, text: 'retries per second' },
  },
}, (value, { yAxisID }) => (yAxisID === 'retries' ? count(value) : millis(value)), [troubleMarks]);

function busiestCommands() {
  const totals = new Map();
  for (const { rates } of samples) {
    Object.entries(rates).forEach(([name, rate]) => totals.set(name, (totals.get(name) ?? 0) + rate));
  }
  const busiest = [...totals.keys()].sort((a, b) => totals.get(b) - totals.get(a));
  return { leaders: busiest.slice(0, SERIES).sort(), others: busiest.slice(SERIES) };
}

function points(valueOf) {
  const latest = samples.at(-1).time;
  return samples.map((sample) => ({ x: (sample.time - latest) / 1000, y: valueOf(sample) }));
}

function line(label, colourName, valueOf, options) {
  const lineColour = colour(colourName);
  return { label, data: points(valueOf), borderColor: lineColour, backgroundColor: lineColour, ...options };
}

function area(label, colourName, valueOf, index) {
  return line(label, colourName, valueOf, {
    backgroundColor: `${colour(colourName)}66`,
    fill: index === 0 ? 'origin' : '-1',
    stack: 'commands',
    order: 1,
  });
}

function commandLines({ leaders, others }) {
  const areas = leaders.map((name, index) =>
    area(name.toUpperCase(), seriesName(name), (sample) => sample.rates[name] ?? 0, index));
  if (others.length > 0) {
    const sumOfOthers = (sample) => others.reduce((sum, name) => sum + (sample.rates[name] ?? 0), 0);
    areas.push(area('others', 'series-other', sumOfOthers, areas.length));
  }
  return [line('errors', 'bad', (sample) => sample.errors, { stack: 'errors', order: 0 }), ...areas];
}

function totalsOf(countsOf) {
  const totals = {};
  samples.forEach((sample) => Object.entries(countsOf(sample)).forEach(([reason, times]) => {
    totals[reason] = (totals[reason] ?? 0) + times;
  }));
  return totals;
}

function retryBars() {
  return Object.keys(totalsOf(({ retries }) => retries)).sort().map((reason, index) =>
    line(`retries: ${reason}`, RETRY_COLOURS[index % RETRY_COLOURS.length], ({ retries }) => retries[reason] ?? null,
      { type: 'bar', yAxisID: 'retries', barThickness: 3, order: 2 }));
}

function latencyLines() {
  return [line('p99', 'series-2', (sample) => sample.p99), line('p50', 'series-1', (sample) => sample.p50),
    ...retryBars()];
}

// What made the client learn the topology, other than that it was time to.
const troubleOf = ({ refreshes }) => Object.keys(refreshes).filter((reason) => reason !== 'period');

function marks() {
  const latest = samples.at(-1).time;
  const at = (time) => (time - latest) / 1000;
  return {
    events: events.map((event) => ({ ...event, x: at(event.time) })).filter(({ x }) => x >= -WINDOW_SECONDS),
    refreshes: samples.filter((sample) => troubleOf(sample).length > 0).map(({ time }) => at(time)),
  };
}

function describe(totals) {
  const sum = Object.values(totals).reduce((all, times) => all + times, 0);
  const parts = Object.entries(totals).map(([reason, times]) => `${reason.replaceAll('_', ' ')} ${count(times)}`);
  return { sum, parts: parts.join(', ') };
}

const DEEDS = { LOST: 'lost', RETURNED: 'back', PROMOTED: 'promoted' };

function describeTroubles() {
  const retries = describe(totalsOf((sample) => sample.retries));
  const refreshes = describe(totalsOf((sample) =>
    Object.fromEntries(troubleOf(sample).map((reason) => [reason, sample.refreshes[reason]]))));
  return [
    ...events.map(({ port, kind }) => `:${port} ${DEEDS[kind]}`),
    retries.sum > 0 ? `${count(retries.sum)} retries (${retries.parts})` : '',
    refreshes.sum > 0 ? `▲ topology learned (${refreshes.parts})` : '',
  ].filter((text) => text !== '').join('; ');
}

// Chart.js knows a line by the identity of its object.
function replaceLines(chart, lines) {
  const known = new Map(chart.data.datasets.map((dataset) => [dataset.label, dataset]));
  chart.data.datasets = lines.map((dataset) => Object.assign(known.get(dataset.label) ?? {}, dataset));
  chart.update();
}

function draw() {
  if (samples.length === 0) {
    return;
  }
  const commands = busiestCommands();
  setSeries(commands.leaders);
  replaceLines(commandsChart, commandLines(commands));
  latencyChart.options.plugins.troubleMarks = { ...marks(), colours: { line: colour('muted'), text: colour('text'), surface: colour('surface') } };
  replaceLines(latencyChart, latencyLines());
  byId('latency-note').textContent = describeTroubles();
}

function applyColours() {
  for (const chart of [commandsChart, latencyChart]) {
    chart.options.color = colour('text');
    chart.options.scales.x.ticks.color = colour('muted');
    chart.options.scales.y.ticks.color = colour('muted');
    chart.options.scales.y.grid = { color: colour('line') };
    chart.options.scales.x.border = { color: colour('line') };
    chart.options.scales.y.border = { display: false };
  }
  latencyChart.options.scales.retries.ticks.color = colour('muted');
  latencyChart.options.scales.retries.title.color = colour('muted');
}

export function addSamples(added) {
  samples.push(...added);
  samples.splice(0, Math.max(0, samples.length - WINDOW_SECONDS));
  draw();
}

export function showEvents(latest) {
  events = latest;
}

applyColours();
onSchemeChange(() => {
  applyColours();
  draw();
});

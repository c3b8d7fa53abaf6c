// Colours come from the style sheet, so that both colour schemes have their own.

export const SERIES = 7;

const SHARDS = 6;

let series = [];

export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

// Says which commands, at most as many as there are colours, have one of their own.
export function setSeries(commands) {
  series = commands;
}

export function seriesName(command) {
  const index = series.indexOf(command);
  return index < 0 ? 'series-other' : `series-${index + 1}`;
}

export const shardColour = (index) => `var(--shard-${(index % SHARDS) + 1})`;

export const onSchemeChange = (listener) =>
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', listener);

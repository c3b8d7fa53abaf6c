// The share of the commands that the client samples, a slider for reads and one for
// writes. They move in the steps that people configure; a rate between two of them, set
// elsewhere, shows as it is.

import { adjustSampleRates } from './api.js';
import { byId } from './dom.js';
import { percent } from './format.js';
import { adjustable } from './slider.js';

const STEPS = [0, 0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

let current = {};

function createSlider(access) {
  const input = byId(`${access}-rate`);
  input.max = STEPS.length - 1;
  return adjustable(input, {
    settingAt: (position) => STEPS[position],
    positionOf: (rate) => STEPS.findLastIndex((step) => step <= rate),
    show: (rate) => {
      byId(`${access}-rate-value`).textContent = percent(rate);
      input.setAttribute('aria-valuetext', percent(rate));
    },
    send: async (rate) => {
      current = await adjustSampleRates({ ...current, [access]: rate });
    },
    fail: (failure) => {
      byId('hot-keys-note').textContent = failure.message;
    },
  });
}

const sliders = { reads: createSlider('reads'), writes: createSlider('writes') };

export function showSampleRates(rates) {
  current = rates;
  Object.entries(sliders).forEach(([access, slider]) => slider.follow(rates[access]));
}

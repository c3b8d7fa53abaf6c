import { adjustVisitors } from './api.js';
import { byId } from './dom.js';
import { count } from './format.js';
import { adjustable } from './slider.js';

const input = byId('rate');

const slider = adjustable(input, {
  show: (rate) => {
    byId('rate-value').textContent = count(rate);
  },
  send: adjustVisitors,
  fail: (failure) => {
    byId('visitors-note').textContent = failure.message;
  },
});

export function showVisitors(statistics) {
  input.max = statistics.maxRate;
  slider.follow(statistics.rate);
  byId('visitors-note').textContent = `${count(statistics.served)} served, ${count(statistics.failed)} failed,`
    + ` ${count(statistics.turnedAway)} turned away while others waited.`
    + ' They favour the top of the front page, as people do (Zipf).';
}

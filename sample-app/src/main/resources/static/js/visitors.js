import { adjustVisitors } from './api.js';
import { byId } from './dom.js';
import { count } from './format.js';

const slider = byId('rate');

// While the visitor drags, the server's answers must not move the slider.
let adjusting = false;

function showRate(rate) {
  byId('rate-value').textContent = count(rate);
}

slider.addEventListener('input', () => {
  adjusting = true;
  showRate(slider.valueAsNumber);
});

slider.addEventListener('change', async () => {
  try {
    await adjustVisitors(slider.valueAsNumber);
  } catch (failure) {
    byId('visitors-note').textContent = failure.message;
  }
  adjusting = false;
});

export function showVisitors(statistics) {
  if (!adjusting) {
    slider.max = statistics.maxRate;
    slider.disabled = false;
    slider.value = statistics.rate;
    showRate(statistics.rate);
  }
  byId('visitors-note').textContent = `${count(statistics.served)} served, ${count(statistics.failed)} failed,`
    + ` ${count(statistics.turnedAway)} turned away while others waited.`
    + ' They favour the top of the front page, as people do (Zipf).';
}

import { byId, element, reconcile } from './dom.js';
import { count, millis, rate } from './format.js';
import { seriesName } from './palette.js';

function createRow(command) {
  return element('tr', {}, element('th', { scope: 'row' }, element('i'), command.name),
    ...Array.from({ length: 5 }, () => element('td')));
}

function updateRow(row, command) {
  row.querySelector('i').style.setProperty('--series', `var(--${seriesName(command.name)})`);
  const cells = row.querySelectorAll('td');
  const texts = [rate(command.rate), count(command.count), count(command.errors), millis(command.mean),
    millis(command.p99)];
  texts.forEach((text, index) => {
    cells[index].textContent = text;
  });
  cells[2].classList.toggle('alarming', command.errors > 0);
}

export function showCommands(commands) {
  const busiestFirst = [...commands].sort((a, b) => b.count - a.count);
  reconcile(byId('commands'), busiestFirst, (command) => command.name, createRow, updateRow);
}

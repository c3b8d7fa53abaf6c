import { links, statistics, submitLink, vote } from './api.js';
import { byId, element, reconcile } from './dom.js';
import { age, count, plural } from './format.js';

const message = byId('submit-message');

function say(text, state) {
  message.textContent = text;
  message.dataset.state = state;
}

function createLink(link) {
  const button = element('button', { type: 'button', class: 'vote' });
  button.addEventListener('click', async () => {
    try {
      const standing = await vote(link.id);
      button.textContent = count(standing.score);
      button.classList.add('voted');
    } catch (failure) {
      say(failure.message, 'down');
    }
  });
  const anchor = element('a', { href: `links/${link.id}`, target: '_blank', rel: 'noopener noreferrer' }, link.title);
  return element('li', { class: 'link' }, element('span', { class: 'share' }), button,
    element('div', { class: 'link-text' }, anchor, element('p')));
}

function updateLink(item, link, topScore) {
  const button = item.querySelector('.vote');
  button.textContent = count(link.score);
  button.setAttribute('aria-label', `Vote for ${link.title}, which has ${plural(link.score, 'vote')}`);
  item.querySelector('.share').style.width = `${(100 * link.score) / topScore}%`;
  item.querySelector('p').textContent =
    `${new URL(link.url).host} · ${plural(link.views, 'view')} · ${age(link.submittedAt)}`;
}

function describe(best, missing) {
  if (missing > 0) {
    return `Not found: ${plural(missing, 'link')} of this rank. A server that is away has them, or has lost them.`;
  }
  return best.length > 0 ? '' : 'The board is empty. New links will appear in a moment.';
}

export async function refreshStatistics() {
  const { links: submitted, views } = await statistics();
  byId('statistics').textContent = `${plural(submitted, 'link')}, the newest with ${plural(views, 'view')}`;
}

export async function refreshLinks() {
  const { links: best, missing } = await links();
  const topScore = Math.max(1, ...best.map((link) => link.score));
  reconcile(byId('links'), best, (link) => link.id, createLink, (item, link) => updateLink(item, link, topScore));
  byId('links-note').textContent = describe(best, missing);
}

byId('submit-link').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  try {
    const link = await submitLink(Object.fromEntries(new FormData(form)));
    form.reset();
    say(`"${link.title}" is on the board; it reaches the front page with enough votes.`, 'up');
    await refreshLinks();
  } catch (failure) {
    say(failure.message, 'down');
  }
});

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const precise = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const share = new Intl.NumberFormat('en', { style: 'percent', maximumSignificantDigits: 2 });

export const NOTHING = '–';

export const count = (value) => whole.format(value);

export const rate = (value) => (value > 0 && value < 10 ? precise : whole).format(value);

export const percent = (value) => share.format(value);

export function millis(value) {
  if (value === null || value === undefined) {
    return NOTHING;
  }
  if (value >= 1000) {
    return `${(value / 1000).toFixed(1)} s`;
  }
  return `${value.toFixed(value < 1 ? 2 : value < 100 ? 1 : 0)} ms`;
}

export const plural = (number, noun) => `${count(number)} ${noun}${number === 1 ? '' : 's'}`;

export const seconds = (value) => (value < 90 ? `${count(value)} s` : `${count(value / 60)} min`);

export function age(instant) {
  const seconds = Math.max(0, (Date.now() - Date.parse(instant)) / 1000);
  for (const [unit, length] of [['day', 86400], ['hour', 3600], ['minute', 60]]) {
    if (seconds >= length) {
      return `${plural(Math.floor(seconds / length), unit)} ago`;
    }
  }
  return 'just now';
}

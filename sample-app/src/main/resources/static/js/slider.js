// A slider that shows a setting of the server's and changes it. While the visitor drags
// it, the server's answers must not move it.

const same = (value) => value;

// One change after the other, or the last could be overtaken.
let sent = Promise.resolve();

export function adjustable(input, { settingAt = same, positionOf = same, show, send, fail }) {
  let dragged = false;
  let unsettled = 0;
  input.addEventListener('input', () => {
    dragged = true;
    show(settingAt(input.valueAsNumber));
  });
  input.addEventListener('change', () => {
    const setting = settingAt(input.valueAsNumber);
    dragged = false;
    unsettled += 1;
    sent = sent.then(() => send(setting)).catch(fail).finally(() => {
      unsettled -= 1;
    });
  });
  return {
    follow(setting) {
      if (!dragged && unsettled === 0) {
        input.disabled = false;
        input.value = positionOf(setting);
        show(setting);
      }
    },
  };
}

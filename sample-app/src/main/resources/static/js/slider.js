// A slider that shows a setting of the server's and changes it. While the visitor drags
// it, the server's answers must not move it.

const same = (value) => value;

export function adjustable(input, { settingAt = same, positionOf = same, show, send, fail }) {
  let adjusting = false;
  input.addEventListener('input', () => {
    adjusting = true;
    show(settingAt(input.valueAsNumber));
  });
  input.addEventListener('change', async () => {
    try {
      await send(settingAt(input.valueAsNumber));
    } catch (failure) {
      fail(failure);
    }
    adjusting = false;
  });
  return {
    follow(setting) {
      if (!adjusting) {
        input.disabled = false;
        input.value = positionOf(setting);
        show(setting);
      }
    },
  };
}

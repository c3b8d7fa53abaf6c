// Makes elements. Text always goes in as text, never as markup.

export const byId = (id) => document.getElementById(id);

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

// Makes the children of a parent match the items, keeping those that stay, so that
// focus, hover and transitions survive a refresh.
export function reconcile(parent, items, keyOf, create, update) {
  const existing = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  items.forEach((item, index) => {
    const key = String(keyOf(item));
    const child = existing.get(key) ?? create(item);
    existing.delete(key);
    child.dataset.key = key;
    update(child, item);
    if (parent.children[index] !== child) {
      parent.insertBefore(child, parent.children[index] ?? null);
    }
  });
  existing.forEach((child) => child.remove());
}

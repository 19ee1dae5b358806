// Makes an element like another and touches only what differs, so that whatever is pointed at, focused,
// selected or scrolled stays where it is. Nodes are taken from the other one: it is of no use afterwards.

/** What the reader unfolded stays unfolded. */
const READERS = new Set(['open']);

function attributes(from, to) {
  for (const { name, value } of to.attributes) {
    if (from.getAttribute(name) !== value && !READERS.has(name)) {
      from.setAttribute(name, value);
    }
  }
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && !READERS.has(name)) {
      from.removeAttribute(name);
    }
  }
}

function one(from, to) {
  if (from.isEqualNode(to)) {
    return;
  }
  // A time goes as a whole: it is remembered how it was printed.
  if (from.nodeName !== to.nodeName || from.nodeName === 'TIME') {
    from.replaceWith(to);
  } else if (from.nodeType === Node.ELEMENT_NODE) {
    become(from, to);
  } else {
    from.data = to.data;
  }
}

/** The inside alone. */
function patch(from, to) {
  const before = [...from.childNodes];
  const after = [...to.childNodes];
  before.slice(after.length).forEach((node) => node.remove());
  before.slice(0, after.length).forEach((node, i) => one(node, after[i]));
  from.append(...after.slice(before.length));
}

export function become(from, to) {
  attributes(from, to);
  patch(from, to);
}

// Where the reader is at work, so that nothing changes under the pointer or the fingers.
const POINTER_RESTS = 2_000;
/** Somebody who went away with the focus, a selection or an open menu in a part does not keep it from being renewed for ever. */
const READER_RESTS = 60_000;

const touched = { at: 0, where: null };

for (const type of ['pointermove', 'pointerdown', 'keydown', 'wheel', 'focusin']) {
  addEventListener(type, (event) => Object.assign(touched, { at: Date.now(), where: event.target }), { capture: true, passive: true });
}

export function isIn(part) {
  const rest = Date.now() - touched.at;
  const selection = getSelection();
  const held = part.contains(document.activeElement) || part.querySelector('details[name][open]')
      || (!selection.isCollapsed && selection.containsNode(part, true));
  return held ? rest < READER_RESTS : rest < POINTER_RESTS && part.contains(touched.where);
}

// A button that copies the text beside it, wherever a [data-copy] stands in a .copy. Only this makes such buttons, in a place that
// the stylesheet keeps free for them; without a clipboard (no HTTPS) there are none.
const LONG_ENOUGH_TO_READ = 2000;

async function copy(button, text) {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    button.textContent = 'Refused';
  }
  setTimeout(() => { button.textContent = 'Copy'; }, LONG_ENOUGH_TO_READ);
}

export function start() {
  if (!navigator.clipboard) {
    return;
  }
  for (const from of document.querySelectorAll('.copy > [data-copy]')) {
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'btn', textContent: 'Copy' });
    button.setAttribute('aria-label', 'Copy: ' + from.dataset.copy);
    button.setAttribute('aria-live', 'polite');
    button.addEventListener('click', () => copy(button, from.textContent));
    from.after(button);
  }
}

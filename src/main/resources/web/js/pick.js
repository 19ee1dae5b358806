// Relays are chosen for a comparison in one search after the other: what was chosen stays so while other relays are shown, and
// the button says how many there are. Without it the form sends what is chosen on the page.
const MOST = 5;
const chosen = new Set();

const boxes = (part) => part.querySelectorAll('input[type=checkbox][form=pick]');

/** What is not on the page goes along unseen. */
function carry() {
  const form = document.querySelector('#pick');
  const shown = new Set([...boxes(document)].map((box) => box.value));
  const hidden = [...chosen].filter((relay) => !shown.has(relay)).map((relay) => {
    const input = document.createElement('input');
    Object.assign(input, { type: 'hidden', name: 'relay', value: relay });
    return input;
  });
  form?.replaceChildren(...hidden);
}

function tell() {
  const button = document.querySelector('button[form=pick]');
  if (button) {
    button.textContent = chosen.size ? `Compare ${chosen.size} of at most ${MOST}` : 'Compare the chosen';
  }
}

function apply() {
  for (const box of boxes(document)) {
    box.checked = chosen.has(box.value);
    box.disabled = chosen.size >= MOST && !box.checked;
  }
  carry();
  tell();
}

/** The list was renewed: its rows may be of other relays now. */
export function renew() {
  apply();
}

export function start() {
  // A browser that goes back shows what was chosen before.
  boxes(document).forEach((box) => box.checked && chosen.add(box.value));
  document.addEventListener('change', ({ target }) => {
    if (target.matches('input[type=checkbox][form=pick]')) {
      chosen[target.checked ? 'add' : 'delete'](target.value);
      apply();
    }
  });
  apply();
}

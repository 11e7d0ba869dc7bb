"""What Gradio 6.31 leaves untold in its markup, told by a constant script in the browser."""

# Each part is put back when Gradio draws anew, so none of it may change what is already right.
_NAMES = """
const put = (element, name, value) => {
  if (element.getAttribute(name) !== value) { element.setAttribute(name, value); }
};
const numbered = (element) => {
  if (!element.id) {
    window.sipNumber = (window.sipNumber || 0) + 1;
    element.id = `sip-namn-${window.sipNumber}`;
  }
  return element.id;
};
const titled = (part, element) => {
  const title = part.querySelector('[data-testid="block-info"]');
  const info = part.querySelector('.info-text');
  if (title) { put(element, 'aria-labelledby', numbered(title)); }
  if (info) { put(element, 'aria-describedby', numbered(info)); }
};
"""
# A group's buttons have one name each; only with one in common do the arrow keys work.
_GROUPS = """
for (const group of document.querySelectorAll('fieldset')) {
  const buttons = group.querySelectorAll('input[type="radio"]');
  if (!buttons.length) { continue; }
  put(group, 'role', 'radiogroup');
  titled(group, group);
  for (const button of buttons) { put(button, 'name', `${numbered(group)}-val`); }
}
"""
# Its label holds the hint and the button beside it too; the name is only what stands above.
_FIELDS = """
for (const part of document.querySelectorAll('label')) {
  const field = part.querySelector('textarea, input[type="text"]');
  if (field) { titled(part, field); }
}
for (const box of document.querySelectorAll('input[type="checkbox"]')) {
  const info = box.closest('.block')?.querySelector('.info-text');
  if (info) { put(box, 'aria-describedby', numbered(info)); }
}
"""
_UNFOLDING = """
for (const button of document.querySelectorAll('button.label-wrap')) {
  const held = button.nextElementSibling;
  put(button, 'aria-expanded', String(button.classList.contains('open')));
  if (held) { put(button, 'aria-controls', numbered(held)); }
  const sign = button.querySelector('.icon');
  if (sign) { put(sign, 'aria-hidden', 'true'); }
}
"""
_TABS = """
for (const tab of document.querySelectorAll('[role="tab"]')) {
  put(tab, 'tabindex', tab.getAttribute('aria-selected') === 'true' ? '0' : '-1');
}
for (const panel of document.querySelectorAll('[role="tabpanel"]')) {
  if (panel.id) { put(panel, 'aria-labelledby', `${panel.id}-button`); }
}
"""
_PLOT = """
for (const plot of document.querySelectorAll('.sip-plot .js-plotly-plot')) {
  put(plot, 'role', 'img');
  put(plot, 'aria-label', 'Tidslinje. Samma frister som i tabellen före.');
}
"""
# A text that appears is read out only from a place that was live before it came.
_SAYING = """
for (const told of document.querySelectorAll('[data-say]')) {
  if (window.sipSaid.get(told) !== told.textContent) {
    window.sipSaid.set(told, told.textContent);
    window.sipSaying.textContent = told.textContent;
  }
}
"""
_GROWING = """
if (CSS.supports('field-sizing', 'content')) {
  document.documentElement.classList.add('sip-grows');
}
"""
_KEYS = """
document.addEventListener('keydown', (event) => {
  const tab = event.target.closest && event.target.closest('[role="tab"]');
  if (!tab || event.altKey || event.ctrlKey || event.metaKey) { return; }
  const tabs = [...tab.closest('[role="tablist"]').querySelectorAll('[role="tab"]')];
  const at = tabs.indexOf(tab);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
  if (to === undefined) { return; }
  event.preventDefault();
  const chosen = tabs.at(to % tabs.length);
  chosen.click();
  chosen.focus();
});
"""
# The address must not change after its number sign: Gradio would start the page anew.
_PAST = """
document.addEventListener('click', (event) => {
  const past = event.target.closest && event.target.closest('a.sip-past');
  const to = past && document.querySelector(past.getAttribute('href'));
  if (!to) { return; }
  event.preventDefault();
  put(to, 'tabindex', '-1');
  to.focus();
});
"""
MENDING = f"""
if (!window.sipSaying) {{
{_NAMES}
window.sipSaid = new WeakMap();
window.sipSaying = document.createElement('div');
window.sipSaying.className = 'sip-only-read';
window.sipSaying.setAttribute('role', 'status');
document.body.append(window.sipSaying);
{_GROWING}{_KEYS}{_PAST}
const mend = () => {{
{_GROUPS}{_FIELDS}{_UNFOLDING}{_TABS}{_PLOT}{_SAYING}
}};
mend();
new MutationObserver(mend).observe(document.querySelector('gradio-app') || document.body, {{
  subtree: true, childList: true, characterData: true, attributes: true,
  attributeFilter: ['name', 'class', 'aria-selected'],
}});
}}
"""

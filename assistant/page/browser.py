"""What the page does in the browser itself: constant scripts, into which no text is ever put."""

from assistant.page.mending import MENDING

_SWEDISH = """
document.documentElement.lang = 'sv';
const talk = document.getElementById('sip-samtal');
if (talk) { talk.setAttribute('role', 'log'); talk.setAttribute('aria-label', 'Samtal'); }
for (const name of ['sip-besked', 'sip-omdome-besked']) {
  document.getElementById(name)?.setAttribute('role', 'status');
}
"""
# A source is chosen by a button, not by a link: Gradio starts the page anew, without its
# conversation, when the address changes after its number sign.
_CHOOSING = """
const go = (to) => { to.focus({preventScroll: true}); to.scrollIntoView({block: 'nearest'}); };
const choose = (source) => {
  for (const other of document.querySelectorAll('.sip-source.sip-chosen')) {
    other.classList.remove('sip-chosen');
  }
  source.classList.add('sip-chosen');
  for (const button of document.querySelectorAll('button[data-source]')) {
    if (button.dataset.source === source.id) { button.setAttribute('aria-current', 'true'); }
    else { button.removeAttribute('aria-current'); }
  }
  go(source);
};
if (!window.sipChoosing) {
  window.sipChoosing = true;
  document.addEventListener('click', (event) => {
    const button = event.target.closest && event.target.closest('button[data-source]');
    const source = button && document.getElementById(button.dataset.source);
    if (source) { choose(source); return; }
    const back = event.target.closest && event.target.closest('button[data-back]');
    const cited = back && document.querySelector(
      `#sip-samtal button[data-source="${CSS.escape(back.dataset.back)}"]`);
    if (cited) { go(cited); }
  });
}
"""
# The region is remembered until the tab is closed: it says nothing of any patient or question.
OPENED = f"""() => {{
{_SWEDISH}{MENDING}{_CHOOSING}
const asked = new URLSearchParams(location.search);
const after = new URLSearchParams(location.hash.slice(1).replaceAll('+', '%2B'));
let kept = '';
let broken = '';
try {{
  kept = sessionStorage.getItem('sip-region') || '';
  broken = sessionStorage.getItem('sip-pagar') || '';
  sessionStorage.removeItem('sip-pagar');
}} catch {{ }}
return JSON.stringify({{
  region: asked.get('region') || kept, dag: asked.get('dag') || '',
  fraga: after.get('fraga') || '', avbrutet: broken,
  adress: location.origin + location.pathname }});
}}"""
REMEMBER = """(region) => {
try { sessionStorage.setItem('sip-region', region || ''); } catch { }
}"""
ANEW = """() => { try { sessionStorage.removeItem('sip-pagar'); } catch { } }"""
PRINT = "() => { window.print(); }"
# Only that there is a conversation is remembered, so that a reload can tell that it is gone.
TO_ANSWER = """() => {
try { sessionStorage.setItem('sip-pagar', 'ja'); } catch { }
const last = document.querySelector('.sip-exchange.sip-latest');
if (last) { last.scrollIntoView({block: 'nearest'}); }
}"""


def copy(element: str) -> str:
    """A script that copies what stands in the element and says how that went."""
    return f"""async () => {{
const text = document.getElementById('{element}');
try {{
  await navigator.clipboard.writeText(text.textContent);
  return '<p>Svaret är kopierat med sina källor.</p>';
}} catch {{
  return '<p>Webbläsaren tillåter inte kopiering här. Markera svaret och kopiera det själv.</p>';
}}
}}"""

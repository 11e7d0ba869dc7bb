// Stands between Gradio and the network; see assistant/web/connection.py. Keeps no text anywhere.
(() => {
const own = document.currentScript.dataset;
const said = {
  gone: 'Ingen kontakt med assistenten. Det du skrev är inte skickat och står kvar. Kontrollera '
    + 'nätverket och försök igen.',
  signedOut: 'Du är inte längre inloggad. Det du skrev är inte skickat och står kvar. Logga in i '
    + 'en ny flik, gå tillbaka hit och skicka igen.',
  busy: 'Många frågar just nu. Det du skrev är inte skickat och står kvar. Försök igen om en '
    + 'liten stund.',
  broken: 'Förbindelsen med assistenten bröts innan svaret kom. Det du skrev står kvar; skicka det '
    + 'igen.',
  failed: 'Något gick fel hos assistenten. Försök igen; hjälper det inte, hör av dig till den som '
    + 'sköter den.',
  cutOff: 'Förbindelsen bröts innan svaret kom.',
};
// The server is heard from every 15 seconds while it works on an answer.
const PATIENCE = 60000;
const real = window.fetch.bind(window);
const taken = new Set();  // events that the server has taken on and not finished
const refused = [];  // events that never reached it; Gradio is told so in its next stream
let live = null;  // the stream that Gradio reads now
let count = 0;

const place = () => {
  let box = document.getElementById('sip-forbindelse');
  if (!box && document.body) {
    box = document.createElement('div');
    box.id = 'sip-forbindelse';
    box.setAttribute('role', 'alert');
    document.body.append(box);
  }
  return box;
};
addEventListener('DOMContentLoaded', place);  // an alert is read out if its place was there before
const hush = () => {
  const box = place();
  if (box) { box.replaceChildren(); box.className = ''; }
};
// Told when Gradio has taken the failure in: until then it would not take the same thing again.
const tell = (text, signIn) => setTimeout(() => show(text, signIn), 100);
const show = (text, signIn) => {
  const box = place();
  if (!box) { return; }
  const told = document.createElement('p');
  told.textContent = text;
  const close = document.createElement('button');
  close.type = 'button';
  close.textContent = 'Stäng meddelandet';
  close.addEventListener('click', hush);
  if (signIn) {
    const link = document.createElement('a');
    link.href = own.signIn;
    link.target = '_blank';
    link.rel = 'noopener';
    link.textContent = 'Logga in (ny flik)';
    told.append(' ', link);
  }
  box.className = 'sip-shown';
  box.replaceChildren(told, close);
};

// What was under way stands in the conversation for ever unless somebody ends it.
const cutOff = () => {
  for (const steps of document.querySelectorAll('#sip-samtal .sip-under-way')) {
    const asked = steps.parentElement.querySelector('.sip-asked');
    const told = document.createElement('p');
    told.className = 'sip-failed';
    told.textContent = said.cutOff;
    steps.replaceWith(told);
    const field = document.querySelector('#sip-fraga textarea');
    if (field && asked && !field.value) {
      field.value = asked.textContent;
      field.dispatchEvent(new Event('input', {bubbles: true}));
    }
  }
};

const encoded = (message) => new TextEncoder().encode(`data: ${JSON.stringify(message)}\n\n`);
const failed = (id) => encoded({
  msg: 'process_completed', event_id: id, success: false, output: {error: '', visible: false}});
const CLOSE = {msg: 'close_stream', event_id: null};
const events = (start) => new Response(
  new ReadableStream({start}), {headers: {'content-type': 'text/event-stream'}});
const end = (controller, ids) => {
  live = null;
  for (const id of ids) { controller.enqueue(failed(id)); }
  controller.enqueue(encoded(CLOSE));
  controller.close();
};
const all = () => { const ids = [...taken]; taken.clear(); return [...refused.splice(0), ...ids]; };

const join = async (asked, options) => {
  let why;
  try {
    const headers = new Headers(options && options.headers);
    headers.set('x-sip-person', own.person);
    const reply = await real(asked, {...options, headers});
    if (reply.ok) {
      taken.add((await reply.clone().json()).event_id);
      hush();
      return reply;
    }
    if (reply.status === 409) { location.reload(); }  // what is shown is somebody else's
    why = {401: said.signedOut, 503: said.busy}[reply.status] || said.failed;
  } catch { why = said.gone; }
  tell(why, why === said.signedOut);
  const id = `sip-${count += 1}`;
  if (live) { live.enqueue(failed(id)); } else { refused.push(id); }
  return new Response(JSON.stringify({event_id: id}));
};

const data = async (asked, options) => {
  if (!taken.size) { return events((controller) => end(controller, all())); }
  let reply;
  try { reply = await real(asked, options); } catch (error) {
    if (error.name === 'AbortError') { throw error; }
  }
  if (reply && reply.ok) { return events((controller) => read(reply.body, controller)); }
  const signedOut = reply && reply.status === 401;
  tell(signedOut ? said.signedOut : said.broken, signedOut);
  return events((controller) => { end(controller, all()); cutOff(); });
};

const soon = (read) => {
  let timer;
  const late = new Promise((_, give) => {
    timer = setTimeout(() => give(new Error('silent')), PATIENCE);
  });
  return Promise.race([read, late]).finally(() => clearTimeout(timer));
};
const read = async (body, controller) => {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  live = controller;
  for (const id of refused.splice(0)) { controller.enqueue(failed(id)); }
  try {
    for (;;) {
      const {done, value} = await soon(reader.read());
      if (done) { break; }
      const parts = (rest + decoder.decode(value, {stream: true})).split('\n\n');
      rest = parts.pop();
      for (const part of parts) {
        const message = JSON.parse(part.replace(/^data: /, ''));
        if (message.msg === 'unexpected_error') { throw new Error(message.msg); }
        if (message.msg === 'process_completed') {
          taken.delete(message.event_id);
          if (!message.success) {
            tell(said.failed);
            message.output = {error: '', visible: false};
          }
        }
        if (message.msg === 'close_stream') { end(controller, refused.splice(0)); return; }
        controller.enqueue(encoded(message));
      }
    }
    if (!taken.size) { end(controller, []); return; }
  } catch (error) {
    if (error.name === 'AbortError') {  // Gradio has closed the stream itself
      if (live === controller) { live = null; }
      try { controller.error(error); } catch { }
      return;
    }
  }
  reader.cancel().catch(() => {});
  tell(said.broken);
  end(controller, all());
  cutOff();
};

window.fetch = (asked, options) => {
  let path = '';
  try { path = new URL(asked instanceof Request ? asked.url : asked, location.href).pathname; }
  catch { }
  if (path === '/gradio_api/queue/join') { return join(asked, options); }
  if (path === '/gradio_api/queue/data') { return data(asked, options); }
  return real(asked, options);
};

// Only that there was a conversation, so that the page can tell that it is gone when opened again.
addEventListener('pagehide', () => {
  if (document.querySelector('.sip-exchange')) {
    try { sessionStorage.setItem('sip-pagar', 'ja'); } catch { }
  }
});
})();

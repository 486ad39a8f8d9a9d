'use strict';

const el = id => document.getElementById(id);
/** How this page finds itself among the viewers. */
const me = 'page-' + Math.random().toString(36).slice(2, 7);
const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;

/* ---- The connection to the server ---- */

let socket = null;
let wait = 500;

function connect() {
  socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/events`);
  socket.onopen = () => {
    wait = 500;
    el('log').replaceChildren();
    link('connected', 'good');
    watch();
  };
  socket.onmessage = event => {
    const data = JSON.parse(event.data);
    if (data.type === 'report') show(data);
    else if (data.type === 'message') log(data);
    else if (data.type === 'refused') log({ second: null, kind: 'WARNING', name: 'refused', source: 'server', text: data.text });
  };
  socket.onclose = () => {
    link('no connection', 'bad');
    document.querySelectorAll('.controls button, .controls input, #restart').forEach(button => { button.disabled = true; });
    setTimeout(connect, wait);
    wait = Math.min(wait * 2, 5000);
  };
}

function send(command) {
  if (socket && socket.readyState === WebSocket.OPEN) socket.send(command);
}

function link(text, tone) {
  el('link').textContent = text;
  el('link-chip').dataset.tone = tone;
}

function watch() {
  el('picture').src = `/stream?name=${me}&from=${Date.now()}`;
}

el('picture').addEventListener('error', () => {
  el('picture').removeAttribute('src');
  setTimeout(() => {
    if (socket && socket.readyState === WebSocket.OPEN) watch();
  }, 1000);
});

/* ---- What the server reports ---- */

const PHASES = { PLAYING: 'LIVE', PAUSED: 'PAUSED', ENDED: 'ENDED', FAILED: 'FAILED' };
let phase = '';
/** The text that the server had last. */
let written = '';

function show(report) {
  phase = report.pipeline.phase;
  const playing = phase === 'PLAYING';
  const over = phase === 'ENDED' || phase === 'FAILED';

  el('badge').dataset.phase = phase;
  el('badge-text').textContent = PHASES[phase] || phase;
  el('badge-fps').textContent = `${report.frames.fps.toFixed(0)} fps`;
  el('state').textContent = report.pipeline.state || '–';
  el('position').textContent = time(report.pipeline.position)
    + (report.pipeline.duration ? ` / ${time(report.pipeline.duration)}` : '');
  const length = report.pipeline.duration;
  el('progress').hidden = !length;
  if (length) el('progress').value = Math.min(1, (report.pipeline.position || 0) / length);

  el('curtain').hidden = !over;
  el('curtain-title').textContent = phase === 'FAILED' ? 'The pipeline failed' : 'The end';
  el('curtain-text').textContent = report.pipeline.problem;
  el('play').disabled = playing;
  el('pause').disabled = !playing;
  el('restart').disabled = false;

  controls(report.controls);
  threads(report);
  viewers(report.connections.viewers);

  el('connections').textContent = report.connections.total;
  el('uptime').textContent = time(report.uptime, true);
  el('backend').textContent = report.about.backend.toLowerCase().replaceAll('_', '-');
  el('about').textContent = [report.about.picture, report.about.netty, report.about.gstreamer, report.about.java].join('  ·  ');

  el('fps').textContent = report.frames.fps.toFixed(1);
  el('rate').textContent = (report.frames.bytesPerSecond / 1e6).toFixed(2);
  el('late').textContent = (report.timerLateMicros / 1000).toFixed(2);
  const gaps = report.frames.gaps;
  el('jitter').textContent = gaps.length > 1 ? deviation(gaps).toFixed(1) : '–';
  graph.take(gaps);
}

function controls(now) {
  const swatches = el('swatches');
  if (!swatches.children.length && now.patterns) {
    for (const name of now.patterns) {
      const swatch = document.createElement('button');
      swatch.type = 'button';
      swatch.className = 'swatch';
      swatch.dataset.pattern = name;
      swatch.setAttribute('role', 'radio');
      swatch.setAttribute('aria-label', name);
      swatch.title = name;
      swatch.onclick = () => send(`pattern ${name}`);
      swatches.append(swatch);
    }
  }
  let chosen = false;
  for (const swatch of swatches.children) {
    const checked = swatch.dataset.pattern === now.pattern && !now.noPattern;
    swatch.setAttribute('aria-checked', checked);
    swatch.disabled = Boolean(now.noPattern);
    swatch.tabIndex = checked ? 0 : -1;
    chosen ||= checked;
  }
  if (!chosen && swatches.firstChild) swatches.firstChild.tabIndex = 0;
  el('no-pattern').textContent = now.noPattern || '';
  el('text').disabled = el('write').disabled = Boolean(now.noText);
  el('no-text').textContent = now.noText || '';
  // Only what has changed there: what is being typed here must stay.
  if (now.text !== undefined && now.text !== written) el('text').value = written = now.text;
  el('sound').disabled = !now.sound;
  el('sound').title = now.sound ? '' : 'The demo was started without --sound.';
}

function threads(report) {
  const rows = report.threads;
  const one = report.distinctThreads === 1;
  const times = new Map();
  for (const row of rows) times.set(row.thread, (times.get(row.thread) || 0) + 1);
  const main = [...times.entries()].sort((a, b) => b[1] - a[1]).map(entry => entry[0])[0] || '…';
  el('thread-panel').dataset.tone = one ? 'good' : 'bad';
  el('thread-title').textContent = one ? 'One thread does it all' : 'More than one thread';
  el('thread-count').textContent = `${rows.length} kinds of work, ${report.distinctThreads} thread${one ? '' : 's'}`;
  el('thread-name').textContent = main;
  el('works').replaceChildren(...rows.map(row => {
    const same = row.thread === main;
    const item = document.createElement('li');
    item.dataset.tone = same ? 'good' : 'bad';
    item.append(tick(same), span('', row.work), span('times', row.times.toLocaleString('en')));
    item.title = `${row.work}: ${row.times} times on ${row.thread}`;
    item.querySelector('span').append(span('hidden', `, on thread ${row.thread}, times:`));
    if (!same) item.querySelector('span').append(' · ', span('same', row.thread));
    return item;
  }));
}

function viewers(rows) {
  el('viewers').replaceChildren(...rows.map(row => {
    const line = document.createElement('tr');
    const name = cell(row.address.replace(/^\//, ''));
    if (row.name === me) name.append(span('you', 'this page'));
    const lost = cell(row.dropped.toLocaleString('en'));
    if (row.dropped > 0) lost.dataset.tone = 'warn';
    line.append(name, cell(row.fps.toFixed(0)), cell(row.sent.toLocaleString('en')), lost);
    return line;
  }));
}

function log(message) {
  const list = el('log');
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 24;
  const line = document.createElement('li');
  line.dataset.kind = message.kind;
  const at = message.second === null ? '' : `${message.second.toFixed(1)} s`;
  line.append(span('at', at), span('name', message.name), span('source', message.source), span('text', message.text));
  line.title = message.thread ? `on thread ${message.thread}` : '';
  list.append(line);
  while (list.children.length > 200) list.firstChild.remove();
  if (atEnd) list.scrollTop = list.scrollHeight;
}

/* ---- The graph: a bar for each frame, as high as the time since the one before ---- */

const graph = {
  bars: [],
  coming: [],
  due: 0,

  take(gaps) {
    if (calm) {
      this.bars.push(...gaps);
      this.draw();
    } else {
      // Shown as they came, a second later; what is more than a second behind is shown at once.
      this.coming.push(...gaps);
      const behind = this.coming.length - 2 * gaps.length;
      if (behind > 0) this.bars.push(...this.coming.splice(0, behind));
    }
  },

  step(now) {
    let changed = false;
    while (this.coming.length && now >= this.due) {
      const gap = this.coming.shift();
      this.bars.push(gap);
      this.due = Math.max(this.due + Math.min(gap, 200), now - 100);
      changed = true;
    }
    if (changed) this.draw();
    requestAnimationFrame(later => this.step(later));
  },

  draw() {
    const canvas = el('graph');
    const scale = devicePixelRatio || 1;
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    if (canvas.width !== Math.round(width * scale)) {
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
    }
    const most = Math.floor(width / 4);
    if (this.bars.length > most) this.bars.splice(0, this.bars.length - most);
    const brush = canvas.getContext('2d');
    brush.setTransform(scale, 0, 0, scale, 0, 0);
    brush.clearRect(0, 0, width, height);
    if (!this.bars.length) return;
    const usual = median(this.bars) || 1;
    const unit = (height - 14) / (usual * 2.2);
    const middle = height - 6 - usual * unit;
    brush.strokeStyle = '#2a3848';
    brush.setLineDash([3, 4]);
    brush.beginPath();
    brush.moveTo(0, middle);
    brush.lineTo(width, middle);
    brush.stroke();
    brush.setLineDash([]);
    this.bars.forEach((gap, i) => {
      const x = width - (this.bars.length - i) * 4;
      const y = Math.max(4, height - 6 - gap * unit);
      const off = Math.abs(gap - usual) / usual;
      brush.fillStyle = off < 0.35 ? '#5eead4' : off < 1 ? '#f6c177' : '#f38b8b';
      brush.globalAlpha = 0.35 + 0.65 * (i / this.bars.length);
      brush.fillRect(x, y, 3, height - 6 - y);
    });
    brush.globalAlpha = 0.85;
    brush.font = '11px system-ui, sans-serif';
    const label = `${usual.toFixed(1)} ms`;
    brush.fillStyle = '#0b1117';
    brush.fillRect(4, middle - 17, brush.measureText(label).width + 10, 15);
    brush.globalAlpha = 1;
    brush.fillStyle = '#dfe8f1';
    brush.fillText(label, 9, middle - 6);
  },
};

/* ---- Sound: blocks of 16-bit samples, played a little later so that none is missing ---- */

const sound = {
  rate: 24000,
  lead: 0.18,
  context: null,
  socket: null,
  next: 0,

  toggle() {
    if (this.context) this.stop();
    else this.start();
    el('sound').setAttribute('aria-pressed', Boolean(this.context));
  },

  start() {
    this.context = new AudioContext({ sampleRate: this.rate });
    this.next = 0;
    this.socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/sound`);
    this.socket.binaryType = 'arraybuffer';
    this.socket.onmessage = event => this.play(new Int16Array(event.data));
    this.socket.onclose = () => { if (this.context) this.toggle(); };
  },

  stop() {
    const { context, socket: stream } = this;
    this.context = this.socket = null;
    stream.onclose = null;
    stream.close();
    context.close();
  },

  play(samples) {
    if (!samples.length) return;
    const now = this.context.currentTime;
    if (this.next < now || this.next > now + 1) this.next = now + this.lead;
    const block = this.context.createBuffer(1, samples.length, this.rate);
    block.copyToChannel(Float32Array.from(samples, sample => sample / 32768), 0);
    const source = this.context.createBufferSource();
    source.buffer = block;
    source.connect(this.context.destination);
    source.start(this.next);
    this.next += block.duration;
  },
};

/* ---- Small things ---- */

function span(className, text) {
  const span = document.createElement('span');
  span.className = className;
  span.textContent = text;
  return span;
}

function cell(text) {
  const cell = document.createElement('td');
  cell.textContent = text;
  return cell;
}

function tick(good) {
  const name = 'http://www.w3.org/2000/svg';
  const icon = document.createElementNS(name, 'svg');
  const path = document.createElementNS(name, 'path');
  icon.setAttribute('viewBox', '0 0 16 16');
  icon.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', good ? 'M3 8.5l3.2 3.2L13 5' : 'M4 4l8 8M12 4l-8 8');
  icon.append(path);
  return icon;
}

function time(seconds, whole) {
  if (seconds === null || seconds === undefined) return '–';
  const minutes = Math.floor(seconds / 60);
  const rest = whole ? String(Math.floor(seconds % 60)).padStart(2, '0') : (seconds % 60).toFixed(1).padStart(4, '0');
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`;
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] || 0;
}

function deviation(numbers) {
  const mean = numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
  return Math.sqrt(numbers.reduce((sum, n) => sum + (n - mean) ** 2, 0) / numbers.length);
}

/* ---- Buttons and keys ---- */

el('play').onclick = () => send('play');
el('pause').onclick = () => send('pause');
el('restart').onclick = () => send('restart');
el('sound').onclick = () => sound.toggle();
el('caption').onsubmit = event => {
  event.preventDefault();
  send(`text ${el('text').value}`);
};

document.addEventListener('keydown', event => {
  if (event.key === ' ' && (event.target === document.body || event.target === el('log'))) {
    event.preventDefault();
    send(phase === 'PLAYING' ? 'pause' : 'play');
  }
});

/** The arrow keys of a radio group. */
el('swatches').addEventListener('keydown', event => {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const all = [...el('swatches').children];
  const at = all.indexOf(document.activeElement);
  if (step && at >= 0) {
    event.preventDefault();
    const next = all[(at + step + all.length) % all.length];
    next.focus();
    next.click();
  }
});

addEventListener('resize', () => graph.draw());
if (!calm) requestAnimationFrame(now => graph.step(now));
connect();

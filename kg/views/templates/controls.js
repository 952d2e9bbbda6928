'use strict';
// Legend and filters, and the search box.

const MOST_RESULTS = 12;

function countBy(items, key) {
  const counts = new Map();
  for (const item of items) counts.set(item[key], (counts.get(item[key]) || 0) + 1);
  return counts;
}

/** Fill a group of toggle buttons: one a value, pressed while its things are shown. */
function fillToggles(id, kind, counts, order, describe) {
  const values = [...counts.keys()].sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1));
  for (const value of values) {
    const { picture, words } = describe(value);
    const toggle = button('toggle', () => {
      const hidden = STATE.hidden[kind];
      if (!hidden.delete(value)) hidden.add(value);
      toggle.setAttribute('aria-pressed', String(!hidden.has(value)));
      refresh();
    }, picture, bilingual(words), make('span', 'count', String(counts.get(value))));
    toggle.setAttribute('aria-pressed', 'true');
    byId(id).append(toggle);
  }
}

/** Return a function that ranks values by the order in which the labels came, unknown ones last. */
function ontologyOrder(prefix) {
  const rank = new Map(DATA.order.map((key, index) => [key, index]));
  return (value) => rank.get(prefix + value) ?? rank.get(value) ?? DATA.order.length;
}

function dashedLine(modality) {
  return line(modality !== 'actual', modality === 'negated');
}

fillToggles('classes', 'class', countBy(DATA.entities, 'class'), ontologyOrder('class/'),
  (name) => ({ picture: mark(name), words: label('class/' + name) }));
fillToggles('types', 'type', countBy(DATA.facts, 'type'), ontologyOrder('fact/'),
  (name) => ({ picture: null, words: label('fact/' + name) }));
fillToggles('modalities', 'modality', countBy(DATA.facts, 'modality'), (name) => (MODALITY_ORDER.indexOf(name) + 4) % 4,
  (name) => ({ picture: dashedLine(name), words: valueLabel('modality', name) }));

const YEARS = DATA.facts.flatMap((fact) => fact.years || []);
const FIRST_YEAR = YEARS.reduce((least, year) => Math.min(least, year), Infinity);
const LAST_YEAR = YEARS.reduce((most, year) => Math.max(most, year), -Infinity);

function readYears() {
  const [one, other] = [Number(byId('from').value), Number(byId('to').value)];
  STATE.years = [Math.min(one, other), Math.max(one, other)];
  STATE.undated = byId('undated').checked;
  byId('span').textContent = STATE.years.join('–');
  refresh();
}

function resetYears() {
  byId('undated').checked = true;
  for (const [id, value] of [['from', FIRST_YEAR], ['to', LAST_YEAR]]) {
    byId(id).min = FIRST_YEAR;
    byId(id).max = LAST_YEAR;
    byId(id).value = value;
  }
  byId('span').textContent = `${FIRST_YEAR}–${LAST_YEAR}`;
}

if (YEARS.length) {
  resetYears();
  for (const id of ['from', 'to', 'undated']) byId(id).addEventListener('input', readYears);
} else {
  byId('years').hidden = true;
}
byId('reset').addEventListener('click', () => {
  for (const hidden of Object.values(STATE.hidden)) hidden.clear();
  for (const toggle of document.querySelectorAll('.toggle')) toggle.setAttribute('aria-pressed', 'true');
  if (YEARS.length) {
    resetYears();
    readYears();
  }
  refresh();
});

function fold(text) {
  return text.normalize('NFKC').toLowerCase().replace(/[\s《》“”"'‘’]/g, '');
}

const NAMES = DATA.entities.map((entity) => [entity.name, ...entity.aliases].map(fold));
const QUOTES = DATA.facts.map((fact) => fold(fact.evidence.map((one) => one.quote || '').join(' ')));

/** Return the entities whose names hold the text, the closest first, then facts whose quotes do. */
function find(text) {
  const wanted = fold(text);
  if (!wanted) return [];
  const score = (names) => Math.min(...names.map((name) => (name.includes(wanted) ? name.length - wanted.length : Infinity)));
  const found = NAMES.map((names, node) => ({ node, score: score(names) })).filter((one) => one.score < Infinity);
  found.sort((a, b) => a.score - b.score || factsOfNode(b.node).length - factsOfNode(a.node).length || a.node - b.node);
  const facts = QUOTES.flatMap((quote, fact) => (quote.includes(wanted) ? [{ fact }] : []));
  return [...found, ...facts].slice(0, MOST_RESULTS);
}

function otherName(entity, text) {
  const wanted = fold(text);
  if (fold(entity.name).includes(wanted)) return '';
  return entity.aliases.find((name) => fold(name).includes(wanted)) || '';
}

function resultItem({ node, fact }, text) {
  const go = (open) => () => {
    byId('results').hidden = true;
    open();
    byId('panel').focus({ preventScroll: true });
  };
  if (node !== undefined) {
    const entity = DATA.entities[node];
    return make('li', '', button('result', go(() => openNode(node)), mark(entity.class), make('span', 'name', entity.name),
      make('small', '', ' ' + otherName(entity, text)), make('small', 'count', label(classKey(entity)).zh)));
  }
  const quote = DATA.facts[fact].evidence[0].quote || '';
  return make('li', '', button('result', go(() => openFact(fact)), make('small', 'count', label('fact/' + DATA.facts[fact].type).zh),
    make('span', 'quote', shorten(quote, 40))));
}

function search() {
  const text = byId('query').value;
  const found = find(text);
  const items = found.map((one) => resultItem(one, text));
  if (!found.length && fold(text)) items.push(make('li', 'none', '没有找到 ', make('small', '', 'nothing found')));
  byId('results').replaceChildren(...items);
  byId('results').hidden = !items.length;
}

/** Let the arrow keys walk from the search box through the results. */
function walk(event) {
  const stops = [byId('query'), ...byId('results').querySelectorAll('button')];
  const at = stops.indexOf(document.activeElement);
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    stops[(at + (event.key === 'ArrowDown' ? 1 : stops.length - 1)) % stops.length].focus();
  } else if (event.key === 'Enter' && at === 0 && stops[1]) {
    event.preventDefault();
    stops[1].click();
  }
}

byId('query').addEventListener('input', search);
byId('query').addEventListener('focus', search);
byId('query').parentElement.addEventListener('keydown', walk);
document.addEventListener('click', (event) => {
  if (!byId('query').parentElement.contains(event.target)) byId('results').hidden = true;
});
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) {
    event.preventDefault();
    byId('query').focus();
  } else if (event.key === 'Escape') {
    if (byId('results').hidden) closePanel();
    byId('results').hidden = true;
  }
});

refresh();
network.once('afterDrawing', () => document.body.setAttribute('data-ready', ''));
showStart();

'use strict';
// The tooltip, and the panel with everything known of the chosen node or link.

const MODALITY_ORDER = ['actual', 'planned', 'negated'];

function badge(fact) {
  if (fact.modality === 'actual') return null;
  return make('span', 'badge ' + (fact.modality === 'negated' ? 'denied' : 'planned'), bilingual(valueLabel('modality', fact.modality)));
}

function entityButton(node, ...more) {
  const entity = DATA.entities[node];
  return button('entity', () => openNode(node), mark(entity.class), make('span', 'name', entity.name), ...more);
}

function roleValue(role, [text, node]) {
  if (node !== undefined) return entityButton(node);
  const { zh, en } = valueLabel(role, text);
  return make('span', 'literal', zh, en && en !== zh ? make('small', '', ' ' + en) : '');
}

function passage(fact, { start, end, quote, rule }) {
  return make('figure', 'passage',
    make('blockquote', 'quote', quote === null ? '（无引文 no quote）' : quote),
    make('figcaption', '', make('span', 'doc', fact.doc), ' 字符 ', make('small', '', 'characters'), ` ${start}–${end}`,
      rule ? make('small', 'rule', '规则 rule ', rule) : ''));
}

/** Return all of one fact: type, time, modality, roles, and every quote with its place. */
function factCard(index) {
  const fact = DATA.facts[index];
  const roles = make('dl', 'roles');
  for (const [role, values] of Object.entries(fact.roles)) {
    roles.append(make('dt', '', bilingual(label(`role/${fact.type}/${role}`))),
      make('dd', '', ...values.map((value) => roleValue(role, value))));
  }
  return make('article', 'fact' + (factShown(index) ? '' : ' filtered'),
    make('h3', '', bilingual(label('fact/' + fact.type)), badge(fact),
      make('span', 'time', fact.time || '无时间 undated')),
    roles,
    ...fact.evidence.map((one) => passage(fact, one)),
    fact.confidence === null ? '' : make('p', 'confidence', `可信度 `, make('small', '', 'confidence'), ` ${fact.confidence}`));
}

function factList(indexes) {
  const order = (index) => [DATA.facts[index].years ? DATA.facts[index].years[0] : 9999, index];
  return [...indexes].sort((a, b) => order(a)[0] - order(b)[0] || a - b).map(factCard);
}

function section(zh, en, ...children) {
  return make('section', '', make('h2', '', zh, ' ', make('small', '', en)), ...children);
}

function showPanel(...children) {
  const focused = byId('details').contains(document.activeElement);
  byId('details').replaceChildren(...children);
  if (focused) byId('panel').focus({ preventScroll: true });
  if (byId('panel').hidden) {
    byId('panel').hidden = false;
    resize();
  }
  byId('panel').scrollTop = 0;
}

function openNode(node, move = true) {
  const entity = DATA.entities[node];
  const indexes = factsOfNode(node);
  const level = entity.level ? valueLabel('level', entity.level) : null;
  const near = DATA.edges.filter((edge) => edge.from === node || edge.to === node)
    .map((edge) => [edge.from === node ? edge.to : edge.from, edge.facts.length])
    .sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  choose({ node });
  showPanel(
    make('h2', 'title', mark(entity.class), make('span', 'name', entity.name)),
    make('p', 'kind', bilingual(label(classKey(entity))), level ? ' · ' : '', level ? bilingual(level) : ''),
    entity.aliases.length ? make('p', 'aliases', '又名 ', make('small', '', 'also '), ...entity.aliases.map((name) => make('span', 'alias', name))) : '',
    near.length ? section('相邻', `neighbours (${near.length})`, make('div', 'near',
      ...near.map(([other, count]) => entityButton(other, count > 1 ? make('small', '', `×${count}`) : '')))) : '',
    section('事实', `facts (${indexes.length})`, ...factList(indexes)),
    section('见于', 'named in', ...entity.docs.map((doc) => make('p', 'doc', doc))),
    make('p', 'address', webLink(entity.iri) || make('span', 'iri', entity.iri)));
  if (move) goTo(node);
}

function openEdge(id) {
  const edge = DATA.edges[id];
  const indexes = [...new Set(edge.facts.map((entry) => entry.fact))];
  choose({ edge: id });
  showPanel(
    make('h2', 'title pair', entityButton(edge.from), make('span', 'dash', '—'), entityButton(edge.to)),
    section('事实', `facts (${indexes.length})`, ...factList(indexes)));
  showEdge(id);
}

/** Show one fact alone, with its participants bright. */
function openFact(index) {
  const node = Object.values(DATA.facts[index].roles).flat().find((value) => value.length > 1)[1];
  choose({ node });
  showPanel(make('h2', 'title', '事实 ', make('small', '', 'fact')), factCard(index));
  goTo(node);
}

function closePanel() {
  if (byId('panel').hidden) return;
  if (byId('panel').contains(document.activeElement)) byId('network').firstChild.focus();
  byId('panel').hidden = true;
  resize();
  choose(null);
}

function shorten(text, most) {
  const chars = [...text];
  return chars.length > most ? chars.slice(0, most).join('') + '…' : text;
}

function tipForEdge(id) {
  const edge = DATA.edges[id];
  const entries = shownEntries(edge);
  const name = (node) => DATA.entities[node].name;
  const facts = [...new Set(entries.map((entry) => entry.fact))].map((index) => DATA.facts[index]);
  return [
    make('strong', '', `${name(edge.from)} — ${name(edge.to)}`),
    ...facts.slice(0, 2).flatMap((fact) => [
      make('p', '', bilingual(label('fact/' + fact.type)), ' ', fact.time || '', badge(fact)),
      make('p', 'quote', shorten(fact.evidence[0].quote || '', 90)),
    ]),
    facts.length > 2 ? make('p', '', `共 ${facts.length} 条 `, make('small', '', `${facts.length} facts`)) : '',
  ];
}

function tipForNode(node) {
  const entity = DATA.entities[node];
  const count = factsOfNode(node).filter(factShown).length;
  return [
    make('strong', '', entity.name),
    make('p', '', bilingual(label(classKey(entity))), ` · ${count} 条事实 `, make('small', '', 'facts')),
    entity.aliases.length ? make('p', '', shorten(entity.aliases.join('、'), 60)) : '',
  ];
}

function showTip(children, event) {
  const tip = byId('tip');
  tip.replaceChildren(...children);
  tip.hidden = false;
  const frame = byId('network').getBoundingClientRect();
  const { x, y } = event.pointer.DOM;
  tip.style.left = Math.max(4, Math.min(x + 14, frame.width - tip.offsetWidth - 8)) + 'px';
  tip.style.top = (y + 18 + tip.offsetHeight > frame.height ? Math.max(4, y - tip.offsetHeight - 12) : y + 18) + 'px';
}

function hideTip() {
  byId('tip').hidden = true;
}

network.on('hoverNode', (event) => showTip(tipForNode(event.node), event));
network.on('hoverEdge', (event) => showTip(tipForEdge(event.edge), event));
for (const name of ['blurNode', 'blurEdge', 'dragStart', 'zoom', 'click']) network.on(name, hideTip);
network.on('click', (event) => {
  if (event.nodes.length) openNode(event.nodes[0], false);
  else if (event.edges.length) openEdge(event.edges[0]);
  else closePanel();
});
byId('close').addEventListener('click', closePanel);

'use strict';
// The picture: vis-network with fixed positions. What is shown follows from STATE.

const STATE = {
  hidden: { class: new Set(), type: new Set(), modality: new Set() },
  years: null, // [first, last], or null for all
  undated: true,
  selected: null,
};
const FONT = '"Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","PingFang SC","Hiragino Sans GB",' +
  '"Microsoft YaHei","WenQuanYi Micro Hei",sans-serif';
const NARROW = window.matchMedia('(max-width: 760px)').matches;
const NO_LABEL = ' '; // vis-network keeps the former label where the new one is empty
const INK = '#1f2933';
const FADED = 'rgba(31,41,51,0.18)';

// Before vis-network measures its room.
if (NARROW) byId('filters').open = false;

const nodes = new vis.DataSet(DATA.nodes);
const edges = new vis.DataSet(DATA.edges);
const network = new vis.Network(byId('network'), { nodes, edges }, {
  autoResize: true,
  physics: { enabled: false },
  layout: { improvedLayout: false, randomSeed: 1 },
  interaction: { hover: true, hoverConnectedEdges: false, selectConnectedEdges: false, multiselect: false,
    keyboard: { enabled: true, bindToWindow: false } },
  nodes: {
    borderWidth: 1.5,
    borderWidthSelected: 4,
    font: { face: FONT, color: INK, strokeWidth: 4, strokeColor: '#ffffff', vadjust: -2 },
    scaling: { label: { enabled: false, drawThreshold: 6.5, maxVisible: 60 } },
  },
  edges: {
    smooth: false,
    width: 1.2,
    hoverWidth: 1.5,
    selectionWidth: 2,
    arrowStrikethrough: false,
    font: { face: FONT, size: 11, color: '#52606d', strokeWidth: 3, strokeColor: '#ffffff', align: 'middle' },
    scaling: { label: { enabled: false, drawThreshold: 9, maxVisible: 40 } },
  },
});

function factShown(index) {
  const fact = DATA.facts[index];
  if (STATE.hidden.type.has(fact.type) || STATE.hidden.modality.has(fact.modality)) return false;
  if (!fact.years) return STATE.undated;
  return !STATE.years || (fact.years[1] >= STATE.years[0] && fact.years[0] <= STATE.years[1]);
}

/** Return the entries of an edge whose facts pass the filters. */
function shownEntries(edge) {
  return edge.facts.filter((entry) => factShown(entry.fact));
}

function edgeLabel(entries) {
  const words = entries.map((entry) => label('fact/' + DATA.facts[entry.fact].type).zh + (entry.label ? '：' + entry.label : ''));
  const different = [...new Set(words)];
  const text = different.slice(0, 2).join('、') + (different.length > 2 ? '…' : '');
  return entries.length > different.length ? `${text} ×${entries.length}` : text;
}

function edgeStyle(edge, entries, near) {
  const modalities = new Set(entries.map((entry) => DATA.facts[entry.fact].modality));
  const actual = modalities.has('actual');
  const color = actual || !modalities.has('negated') ? '#8795a1' : '#c92a2a';
  return {
    id: edge.id,
    hidden: false,
    dashes: actual ? false : [7, 5],
    label: near ? edgeLabel(entries) : NO_LABEL,
    width: Math.min(1.2 + 0.5 * (entries.length - 1), 4),
    arrows: {
      to: { enabled: entries.some((entry) => entry.way > 0), scaleFactor: 0.55 },
      from: { enabled: entries.some((entry) => entry.way < 0), scaleFactor: 0.55 },
    },
    color: { color, hover: INK, highlight: INK, opacity: near ? 0.9 : 0.12 },
  };
}

/** Return the nodes to keep bright: the chosen node with its neighbours, or the ends of the chosen edge. */
function brightNodes() {
  if (!STATE.selected) return null;
  const { node, edge } = STATE.selected;
  if (edge !== undefined) return new Set([DATA.edges[edge].from, DATA.edges[edge].to]);
  return new Set([node, ...network.getConnectedNodes(node)]);
}

/** Bring nodes and edges in line with STATE. */
function refresh() {
  const bright = brightNodes();
  const classShown = (node) => !STATE.hidden.class.has(DATA.entities[node].class);
  const nodeShown = DATA.nodes.map((node) => classShown(node.id) && factsOfNode(node.id).some(factShown));
  edges.update(DATA.edges.map((edge) => {
    const entries = nodeShown[edge.from] && nodeShown[edge.to] ? shownEntries(edge) : [];
    if (!entries.length) return { id: edge.id, hidden: true };
    const chosen = !bright || edgeChosen(edge);
    return edgeStyle(edge, entries, chosen);
  }));
  nodes.update(DATA.nodes.map((node) => {
    const near = !bright || bright.has(node.id);
    return {
      id: node.id,
      hidden: !nodeShown[node.id],
      opacity: near ? 1 : 0.2,
      font: { ...node.font, color: near ? INK : FADED, strokeWidth: near ? 4 : 0 },
    };
  }));
}

function edgeChosen(edge) {
  const { node, edge: chosen } = STATE.selected;
  return chosen !== undefined ? edge.id === chosen : edge.from === node || edge.to === node;
}

/** Choose {node}, {edge} or nothing (null): the rest of the picture fades. */
function choose(selected) {
  STATE.selected = selected;
  network.unselectAll();
  if (selected && selected.node !== undefined) network.selectNodes([selected.node], false);
  if (selected && selected.edge !== undefined) network.selectEdges([selected.edge]);
  refresh();
}

/** Move the picture so that the node stands in the middle, near enough for its label to be read. */
function goTo(node) {
  network.focus(node, { scale: Math.max(network.getScale(), 0.9), offset: { x: 0, y: -covered() / 2 }, animation: movement() });
}

/** Follow a change of the room that the picture has. */
function resize() {
  network.setSize();
  network.redraw();
}

/** Return how many pixels of the picture, from below, the panel lies over. */
function covered() {
  return NARROW ? byId('panel').offsetHeight : 0;
}

/** Bring the middle of a link into sight if it is not. */
function showEdge(id) {
  const ends = Object.values(network.getPositions([DATA.edges[id].from, DATA.edges[id].to]));
  const middle = { x: (ends[0].x + ends[1].x) / 2, y: (ends[0].y + ends[1].y) / 2 };
  const { x, y } = network.canvasToDOM(middle);
  const frame = byId('network');
  if (x < 20 || y < 20 || x > frame.clientWidth - 20 || y > frame.clientHeight - covered() - 20) {
    network.moveTo({ position: middle, offset: { x: 0, y: -covered() / 2 }, animation: movement() });
  }
}

/** Show the whole picture; on a phone, where that would be too small to read, its busiest node. */
function showStart() {
  network.fit({ animation: false });
  if (NARROW && network.getScale() < 0.6 && DATA.nodes.length) {
    const busiest = DATA.nodes.reduce((most, node) => (node.size > most.size ? node : most));
    network.moveTo({ position: { x: busiest.x, y: busiest.y }, scale: 0.6, animation: false });
  }
}

function movement() {
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  return still ? false : { duration: 350, easingFunction: 'easeInOutQuad' };
}

function zoom(factor) {
  network.moveTo({ scale: Math.min(Math.max(network.getScale() * factor, 0.05), 6), animation: movement() });
}

byId('zoom-in').addEventListener('click', () => zoom(1.4));
byId('zoom-out').addEventListener('click', () => zoom(1 / 1.4));
byId('fit').addEventListener('click', () => network.fit({ animation: movement() }));
byId('network').firstChild.setAttribute('aria-label', '网络图：请用查找框逐个查看 Network picture: use the search box to read it node by node');

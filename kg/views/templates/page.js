'use strict';
// The data of the page and how its parts are put into words and elements. Text from articles enters
// the document only as text nodes.

const DATA = JSON.parse(document.getElementById('data').textContent);

function byId(id) {
  return document.getElementById(id);
}

/** Return an element with children, each an element or a text. */
function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function button(className, action, ...children) {
  const element = make('button', className, ...children);
  element.type = 'button';
  element.addEventListener('click', action);
  return element;
}

/** Return {zh, en} of a key such as fact/Partnership or of the name after its last slash, else that name. */
function label(key) {
  const bare = key.slice(key.lastIndexOf('/') + 1);
  const known = [key, bare].find((one) => Object.hasOwn(DATA.labels, one));
  const { zh, en } = known === undefined ? {} : DATA.labels[known];
  return { zh: zh || en || bare || '其他 other', en: en && zh ? en : '' };
}

function valueLabel(list, value) {
  const words = Object.hasOwn(DATA.appearance.values, list) ? DATA.appearance.values[list] : {};
  return Object.hasOwn(words, value) ? words[value] : { zh: value, en: '' };
}

function bilingual({ zh, en }) {
  return make('span', 'words', zh, en ? ' ' : '', en ? make('small', '', en) : '');
}

function classKey(entity) {
  return 'class/' + entity.class;
}

function look(className) {
  const classes = DATA.appearance.classes;
  return Object.hasOwn(classes, className) ? classes[className] : DATA.appearance.other;
}

const SHAPES = {
  diamond: '7,0 14,7 7,14 0,7',
  square: '1,1 13,1 13,13 1,13',
  hexagon: '3.5,1 10.5,1 14,7 10.5,13 3.5,13 0,7',
  triangle: '7,0 14,13 0,13',
  triangleDown: '0,1 14,1 7,14',
  star: '7,0 9,5 14,5.3 10,8.6 11.4,13.7 7,10.8 2.6,13.7 4,8.6 0,5.3 5,5',
};

/** Return the small mark of a class, as in the picture. */
function mark(className) {
  const { color, shape } = look(className);
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 14 14');
  svg.setAttribute('class', 'mark');
  svg.setAttribute('aria-hidden', 'true');
  const points = SHAPES[shape];
  const form = document.createElementNS(svg.namespaceURI, points ? 'polygon' : 'circle');
  const attributes = points ? { points } : { cx: 7, cy: 7, r: 6.5 };
  for (const [name, value] of Object.entries({ ...attributes, fill: color })) form.setAttribute(name, value);
  svg.append(form);
  return svg;
}

function line(dashed, denied) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 22 14');
  svg.setAttribute('class', 'line');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(svg.namespaceURI, 'path');
  const attributes = { d: 'M0 7H22', 'stroke-width': 2.5, stroke: denied ? '#c92a2a' : '#5c6b7a' };
  if (dashed) attributes['stroke-dasharray'] = '5 3';
  for (const [name, value] of Object.entries(attributes)) path.setAttribute(name, value);
  svg.append(path);
  return svg;
}

/** Return a link only where the address is one of the web, else null. */
function webLink(address) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  const link = make('a', 'iri', address);
  link.href = url.href;
  link.rel = 'noopener noreferrer';
  link.target = '_blank';
  return link;
}

function factsOfNode(node) {
  return DATA.factsByNode[node] || [];
}

DATA.factsByNode = {};
DATA.facts.forEach((fact, index) => {
  const nodes = new Set(Object.values(fact.roles).flat().filter((value) => value.length > 1).map((value) => value[1]));
  for (const node of nodes) (DATA.factsByNode[node] ||= []).push(index);
});

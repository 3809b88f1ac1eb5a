// What a page looks like, measured: each function returns sentences about what is wrong, or a list.
(() => {
  const TOLERANCE = 1;
  const EPSILON = 0.01;
  const ACTIVE = "a[href], button, input:not([type=hidden]), select, summary";
  const MAIN_TARGETS = ".botao, .leve, .escolhas a, .achados a, .busca input, .barra a, .barra button";
  const SHEETS = ".ficha, .nota, .achados a, .capa > *, .corpo > *, .tres li, .folha";

  const describe = element => {
    const words = (element.innerText || element.getAttribute("aria-label") || element.name || "").trim();
    const id = element.id ? `#${element.id}` : "";
    return `<${element.localName}${id}${element.className ? `.${element.className}` : ""}> ${words.slice(0, 60)}`;
  };

  // Hidden from sight on purpose, for a screen reader.
  const isForEars = element =>
    element !== null && (getComputedStyle(element).clipPath === "inset(50%)" || isForEars(element.parentElement));

  const isSeen = element =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !isForEars(element);

  const pieces = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const parent = node.parentElement;
      if (!node.data.trim() || parent.closest("svg, script") || !isSeen(parent)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter(box => box.width > 0.5 && box.height > 0.5);
      found.push({ node, parent, boxes });
    }
    return found;
  };

  // Text that leaves the page at a side, or a box that cuts off what leaves it.
  const clipped = () => {
    const width = document.documentElement.clientWidth;
    const wrong = [];
    if (document.documentElement.scrollWidth > width) {
      wrong.push(`the page is ${document.documentElement.scrollWidth} wide, the screen ${width}`);
    }
    for (const { parent, boxes } of pieces()) {
      const sides = boxes.some(box => box.left < -TOLERANCE || box.right > width + TOLERANCE);
      if (sides) wrong.push(`leaves the screen: ${describe(parent)}`);
      for (let around = parent; around && around !== document.body; around = around.parentElement) {
        const style = getComputedStyle(around);
        if (style.display === "inline" || (style.overflowX === "visible" && style.overflowY === "visible")) continue;
        const outer = around.getBoundingClientRect();
        const cut = boxes.some(box =>
          box.left < outer.left - TOLERANCE || box.right > outer.right + TOLERANCE ||
          box.top < outer.top - TOLERANCE || box.bottom > outer.bottom + TOLERANCE);
        if (cut) wrong.push(`cut off by ${describe(around).slice(0, 40)}: ${describe(parent)}`);
      }
    }
    return [...new Set(wrong)];
  };

  // Lines of different texts that lie on each other.
  const overlapping = () => {
    const lines = pieces()
      .flatMap(({ parent, node, boxes }) => boxes.map(box => ({ parent, node, box })))
      .sort((a, b) => a.box.top - b.box.top);
    const wrong = [];
    for (let i = 0; i < lines.length; i++) {
      for (let j = i + 1; j < lines.length && lines[j].box.top < lines[i].box.bottom; j++) {
        const a = lines[i].box, b = lines[j].box;
        if (lines[i].node === lines[j].node) continue;
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 2 && down > Math.min(a.height, b.height) / 4) {
          wrong.push(`${describe(lines[i].parent)} lies on ${describe(lines[j].parent)}`);
        }
      }
    }
    return [...new Set(wrong)];
  };

  // Words in two pieces that would have fitted between where their block begins and the edge of
  // what they are written on. A line may end after a hyphen, and after a slash before a letter;
  // what has brackets of code is no word.
  const cut_words = () => {
    const wrong = [];
    for (const { node, parent } of pieces()) {
      for (const { 0: word, index } of node.data.matchAll(/(?:[^\s<>{}\-–—/]|\/(?=\d))+/g)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const boxes = [...range.getClientRects()].filter(box => box.width > 0.5);
        if (boxes.length < 2 || boxes.at(-1).top < boxes[0].bottom - TOLERANCE) continue;
        const length = boxes.reduce((sum, box) => sum + box.width, 0);
        if (length < room(parent) - TOLERANCE) wrong.push(`cuts “${word}”: ${describe(parent)}`);
      }
    }
    return [...new Set(wrong)];
  };

  const inner = element => {
    const { left, right } = element.getBoundingClientRect(), style = getComputedStyle(element);
    return {
      left: left + parseFloat(style.borderLeftWidth) + parseFloat(style.paddingLeft),
      right: right - parseFloat(style.borderRightWidth) - parseFloat(style.paddingRight),
    };
  };

  const room = element => {
    let block = element;
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    return inner(element.closest(SHEETS) ?? document.body).right - inner(block).left;
  };

  // An exception of WCAG 2.5.8: the line of the sentence decides how high a link in it is.
  const isInSentence = element => {
    if (getComputedStyle(element).display !== "inline") return false;
    const around = element.closest("p, li, dd, td, h1, h2, h3");
    return around !== null && around.innerText.trim().length > element.innerText.trim().length;
  };

  // WCAG 2.5.8: 24 px each way, also where nothing else is near. The main ones have 44 px (2.5.5).
  const small_targets = () =>
    [...document.querySelectorAll(ACTIVE)]
      .filter(element => isSeen(element) && !isInSentence(element))
      .map(element => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ element, box }) =>
        Math.min(box.width, box.height) < (element.matches(MAIN_TARGETS) ? 44 : 24) - EPSILON)
      .map(({ element, box }) =>
        `is ${box.width.toFixed()} × ${box.height.toFixed()} px: ${describe(element)}`);

  const faults = () => [...clipped(), ...overlapping(), ...cut_words(), ...small_targets()];

  const parse = text => {
    const [red, green, blue, alpha = 1] = text.match(/[\d.]+/g).map(Number);
    return { red, green, blue, alpha };
  };

  // What is behind everything: not always white, where the reader prefers the dark.
  const canvas = () => {
    const sheet = document.body.appendChild(document.createElement("p"));
    sheet.style.backgroundColor = "Canvas";
    const colour = parse(getComputedStyle(sheet).backgroundColor);
    sheet.remove();
    return colour;
  };

  const ground = element => {
    for (let around = element; around; around = around.parentElement) {
      const colour = parse(getComputedStyle(around).backgroundColor);
      if (colour.alpha === 1) return colour;
      if (colour.alpha > 0) throw new Error(`half transparent: ${describe(around)}`);
    }
    return canvas();
  };

  const luminance = ({ red, green, blue }) => {
    const [r, g, b] = [red, green, blue].map(value => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };

  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };

  // Every colour of text with the ground it is read on: the least contrast first.
  const contrasts = () => {
    const found = new Map();
    for (const { parent } of pieces()) {
      const style = getComputedStyle(parent);
      const ratio = contrast(parse(style.color), ground(parent));
      const key = `${style.color} ${ratio}`;
      if (!found.has(key)) found.set(key, { name: describe(parent), ratio });
    }
    return [...found.values()].sort((a, b) => a.ratio - b.ratio);
  };

  // Fields and buttons against what surrounds them: by their border or by their own ground.
  const borders = () =>
    [...document.querySelectorAll("input:not([type=hidden]), .botao, .leve")].filter(isSeen).map(element => {
      const style = getComputedStyle(element);
      const outside = ground(element.parentElement);
      const ratios = [contrast(ground(element), outside)];
      if (parseFloat(style.borderTopWidth) > 0) ratios.push(contrast(parse(style.borderTopColor), outside));
      return { name: describe(element), ratio: Math.max(...ratios) };
    });

  // Everything about each element but its colours: where it is, and what decides whether it is seen,
  // heard, pressed and scrolled.
  const layout = () => [...document.querySelectorAll("*")].map(element => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const { display, visibility, opacity, overflow, position, zIndex, clipPath, pointerEvents } = getComputedStyle(element);
    return [x, y, width, height, display, visibility, opacity, overflow, position, zIndex, clipPath, pointerEvents].join(" ");
  }).join("\n");

  // Whatever has the focus: what it is, where it is, how its ring looks. Nothing when nothing has.
  const focused = () => {
    const element = document.activeElement;
    if (element === document.body) return null;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const above = document.elementFromPoint(box.left + Math.min(box.width / 2, 40), box.top + Math.min(box.height / 2, 20));
    return {
      name: describe(element),
      id: element.id,
      ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
      contrast: contrast(parse(style.outlineColor), ground(element.parentElement)),
      onScreen: box.top >= 0 && box.left >= 0 && box.top < innerHeight && box.left < innerWidth,
      covered: !(above && (element.contains(above) || above.contains(element))),
    };
  };

  const isReachable = element => element.tabIndex >= 0 && !element.disabled &&
    element.checkVisibility({ visibilityProperty: true });

  const stops = () => [...document.querySelectorAll(`${ACTIVE}, [tabindex]`)].filter(isReachable).map(describe);

  // The distances of WCAG 1.4.12, as somebody with dyslexia may want them.
  const loosen = () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
      p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
  };

  // Where each thing of the bar begins that is seen and pressed.
  const bar = () => [...document.querySelectorAll("#menu a, .barra button")]
    .filter(one => one.getClientRects().length).map(one => one.getBoundingClientRect().top);

  // As who chose the largest letters on a phone: the screen stays as narrow as it is.
  const enlarge = () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("html { font-size: 200% !important; }");
    document.adoptedStyleSheets = [sheet];
  };

  return { clipped, overlapping, cut_words, small_targets, faults, contrasts, borders, layout, focused, stops, loosen, enlarge, bar };
})()

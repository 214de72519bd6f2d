/** Where an element's parts are drawn: the picture's pixels for each CSS pixel, and how far the element is moved. */
export interface Place {
  readonly ratio: number;
  readonly left: number;
  readonly top: number;
}

/** What is heard and not seen. */
const UNSEEN = 'figcaption, figure table';
const RGB = /rgba?\([^)]+\)/;

/** Draws what is to be seen of an element and has no picture of its own: canvases, SVG shapes, marks of legends and texts. */
export function drawElement(ctx: CanvasRenderingContext2D, element: HTMLElement, place: Place): void {
  const { ratio } = place;
  const outer = element.getBoundingClientRect();
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, (place.left - outer.left) * ratio, (place.top - outer.top) * ratio);
  for (const canvas of element.querySelectorAll('canvas')) {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    if (canvas.width > 0 && canvas.height > 0 && width > 0) {
      ctx.drawImage(canvas, left, top, width, height);
    }
  }
  for (const shape of element.querySelectorAll<SVGGeometryElement>('figure svg :is(line, polyline, circle)')) {
    drawShape(ctx, shape);
  }
  for (const mark of element.querySelectorAll('[data-legend-mark] > :first-child')) {
    const { left, top, width, height } = mark.getBoundingClientRect();
    const { backgroundColor, backgroundImage } = getComputedStyle(mark);
    ctx.fillStyle = RGB.exec(backgroundImage)?.[0] ?? backgroundColor;
    ctx.fillRect(left, top, width, height);
  }
  drawTexts(ctx, element);
  ctx.restore();
}

function drawShape(ctx: CanvasRenderingContext2D, shape: SVGGeometryElement): void {
  const svg = shape.ownerSVGElement?.getBoundingClientRect();
  if (svg === undefined) {
    return;
  }
  const style = getComputedStyle(shape);
  const number = (name: string) => Number(shape.getAttribute(name));
  ctx.save();
  ctx.translate(svg.left, svg.top);
  ctx.globalAlpha = Number(style.opacity);
  ctx.beginPath();
  switch (shape.tagName) {
    case 'line':
      ctx.moveTo(number('x1'), number('y1'));
      ctx.lineTo(number('x2'), number('y2'));
      break;
    case 'circle':
      ctx.arc(number('cx'), number('cy'), number('r'), 0, 2 * Math.PI);
      break;
    default:
      for (const [x, y] of pointsOf(shape)) {
        ctx.lineTo(x, y);
      }
  }
  if (style.fill !== 'none' && shape.tagName === 'circle') {
    ctx.fillStyle = style.fill;
    ctx.fill();
  }
  if (style.stroke !== 'none') {
    ctx.strokeStyle = style.stroke;
    ctx.lineWidth = Number.parseFloat(style.strokeWidth);
    ctx.setLineDash((style.strokeDasharray.match(/[\d.]+/g) ?? []).map(Number));
    ctx.stroke();
  }
  ctx.restore();
}

function pointsOf(shape: SVGGeometryElement): Array<readonly [number, number]> {
  return (shape.getAttribute('points') ?? '')
    .split(' ')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [x = 0, y = 0] = pair.split(',').map(Number);
      return [x, y] as const;
    });
}

function drawTexts(ctx: CanvasRenderingContext2D, element: HTMLElement): void {
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement;
    const text = node.nodeValue?.trim() ?? '';
    if (parent === null || text === '' || parent.closest(UNSEEN) !== null) {
      continue;
    }
    const range = document.createRange();
    range.selectNodeContents(node);
    const { left, top, width, height } = range.getBoundingClientRect();
    const { color, fill, fontStyle, fontWeight, fontSize, fontFamily } = getComputedStyle(parent);
    if (width === 0) {
      continue;
    }
    ctx.save();
    ctx.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
    ctx.fillStyle = parent instanceof SVGElement ? fill : color;
    ctx.translate(left + width / 2, top + height / 2);
    // What stands upright is the label of an axis.
    if (parent instanceof SVGElement && parent.hasAttribute('transform')) {
      ctx.rotate(-Math.PI / 2);
      ctx.fillText(text, 0, 0);
    } else {
      ctx.fillText(text, 0, 0, width);
    }
    ctx.restore();
  }
}

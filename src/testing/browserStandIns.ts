/** What jsdom leaves out: a canvas that takes every stroke, elements that have a width. To be imported before Grafana's packages. */

// i18next greets on the console when it first starts, which is while Grafana's packages load.
jest.spyOn(console, 'info').mockImplementation(() => undefined);

class PathStandIn {
  moveTo() {}
  lineTo() {}
  rect() {}
  arc() {}
  closePath() {}
  bezierCurveTo() {}
  addPath() {}
}

const RECT = { x: 0, y: 0, top: 0, left: 0, right: 200, bottom: 24, width: 200, height: 24 };

class ResizeObserverStandIn {
  private readonly callback: ResizeObserverCallback;

  constructor(callback: ResizeObserverCallback) {
    this.callback = callback;
  }

  observe(target: Element) {
    const entry = { target, contentRect: RECT, borderBoxSize: [], contentBoxSize: [], devicePixelContentBoxSize: [] };
    this.callback([entry as unknown as ResizeObserverEntry], this as unknown as ResizeObserver);
  }

  unobserve() {}

  disconnect() {}
}

class IntersectionObserverStandIn {
  observe() {}

  unobserve() {}

  disconnect() {}

  takeRecords() {
    return [];
  }
}

function context(): object {
  const state: Record<PropertyKey, unknown> = { measureText: () => ({ width: 10 }) };
  return new Proxy(state, {
    get: (target, key) => (key in target ? target[key] : () => undefined),
    set: (target, key, value) => {
      target[key] = value;
      return true;
    },
  });
}

HTMLCanvasElement.prototype.getContext = function getContext() {
  return context() as never;
} as never;
Object.assign(globalThis, {
  Path2D: PathStandIn,
  ResizeObserver: ResizeObserverStandIn,
  IntersectionObserver: IntersectionObserverStandIn,
});
Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => 1000 });

// jsdom knows no styles of pseudo-elements, and says so on the console; drawers ask for those of a scrollbar.
const computedStyle = window.getComputedStyle.bind(window);
window.getComputedStyle = (element: Element) => computedStyle(element);

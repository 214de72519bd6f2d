import { sharedModules } from './sharedModules.ts';

type Factory = (...dependencies: unknown[]) => unknown;

interface Definition {
  readonly dependencies: readonly string[];
  readonly factory: Factory;
}

interface AmdScope {
  define?: ((dependencies: readonly string[], factory: Factory) => void) & { amd: object };
}

const loaded = new Map<string, Promise<Record<string, unknown>>>();
let shared: ReadonlyMap<string, unknown> | undefined;
let lastScript: Promise<unknown> = Promise.resolve();

/**
 * Loads a built plugin module (AMD, as webpack writes it) with the page's own packages as its externals.
 * Rejects with what is wrong and what to do: no such file, no module in it, or an external that isn't shared.
 */
export function loadPluginModule(url: string): Promise<Record<string, unknown>> {
  let module = loaded.get(url);
  if (module === undefined) {
    const previous = lastScript;
    module = previous.then(() => runScript(url)).then((definition) => instantiate(url, definition));
    lastScript = module.catch(() => undefined);
    loaded.set(url, module);
  }
  return module;
}

function runScript(url: string): Promise<Definition> {
  return new Promise((resolve, reject) => {
    const scope = globalThis as AmdScope;
    let definition: Definition | undefined;
    scope.define = Object.assign(
      (dependencies: readonly string[], factory: Factory) => {
        definition = { dependencies, factory };
      },
      { amd: {} }
    );
    const script = document.createElement('script');
    script.src = url;
    script.async = true;
    script.onload = () => {
      delete scope.define;
      if (definition === undefined) {
        reject(new Error(`${url} defines no AMD module: build the plugin with npm run build`));
      } else {
        resolve(definition);
      }
    };
    script.onerror = () => {
      delete scope.define;
      reject(new Error(`${url} can't be loaded: build the plugin with npm run build`));
    };
    document.head.append(script);
  });
}

function instantiate(url: string, { dependencies, factory }: Definition): Record<string, unknown> {
  shared ??= sharedModules();
  const uri = new URL(url, document.baseURI).href;
  const values = dependencies.map((name) => {
    if (name === 'module') {
      return { id: url, uri };
    }
    if (!shared?.has(name)) {
      throw new Error(`${url} needs "${name}", which the workbench doesn't share: add it to sharedModules.ts`);
    }
    return shared.get(name);
  });
  return factory(...values) as Record<string, unknown>;
}

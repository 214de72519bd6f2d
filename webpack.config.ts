import CopyWebpackPlugin from 'copy-webpack-plugin';
import type { Configuration } from 'webpack';
import scaffolded, { type Env } from './.config/webpack/webpack.config.ts';

/**
 * create-plugin's build, and the logos of the nested panels, which it leaves behind. Checkouts that share one
 * node_modules have a cache each: copied files are cached by their path within a checkout, and came from another one.
 */
const config = async (env: Env): Promise<Configuration> => {
  const base = await scaffolded(env);
  return {
    ...base,
    cache: {
      ...(typeof base.cache === 'object' && base.cache.type === 'filesystem' ? base.cache : { type: 'filesystem' }),
      name: `${base.mode ?? 'production'}${process.cwd().replaceAll(/[^\w-]+/g, '-')}`,
    },
    plugins: [
      ...(base.plugins ?? []),
      new CopyWebpackPlugin({ patterns: [{ from: 'panels/*/img/**/*', to: '.', noErrorOnMissing: true }] }),
    ],
  };
};

export default config;

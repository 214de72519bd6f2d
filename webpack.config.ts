import CopyWebpackPlugin from 'copy-webpack-plugin';
import type { Configuration } from 'webpack';
import scaffolded, { type Env } from './.config/webpack/webpack.config.ts';

/** create-plugin's build, and the logos of the nested panels, which it leaves behind. */
const config = async (env: Env): Promise<Configuration> => {
  const base = await scaffolded(env);
  return {
    ...base,
    plugins: [
      ...(base.plugins ?? []),
      new CopyWebpackPlugin({ patterns: [{ from: 'panels/*/img/**/*', to: '.', noErrorOnMissing: true }] }),
    ],
  };
};

export default config;

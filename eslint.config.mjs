import prettierConfig from 'eslint-config-prettier/flat';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import baseConfig from './.config/eslint.config.mjs';

const backendFiles = [
  'backend/**/*.ts',
  'contract/**/*.ts',
  'bench/**/*.ts',
  'provisioning/**/*.ts',
  'docs/**/*.ts',
  '.ci/**/*.ts',
  'workbench/*.ts',
];

export default defineConfig([
  {
    ignores: [
      '**/node_modules/',
      '**/dist/',
      '.config/',
      'coverage/',
      'test-results/',
      'playwright-report/',
      '.headroom/',
      'models/',
      '**/*.d.ts',
    ],
  },
  ...baseConfig,
  {
    files: backendFiles,
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { project: './backend/tsconfig.json' },
    },
    rules: {
      // Typed arrays are indexed in hot loops: the reader knows the bound, noUncheckedIndexedAccess cannot.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // node:test's functions return promises that the runner awaits.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite'] },
          ],
        },
      ],
      'react-hooks/rules-of-hooks': 'off',
      'no-console': 'error',
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/formatting/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NewExpression[callee.object.name="Intl"][callee.property.name="NumberFormat"]',
          message: 'Write numbers by formatNumber: in the language of Grafana, not of the browser.',
        },
      ],
    },
  },
  prettierConfig,
]);

import base from '../../playwright.config';

process.env['HEADROOM_E2E_RECORD'] = '1';

/** Against a demo fleet at a fixed time: records what the pages' pictures are made from, and makes the documents' screenshots. */
export default {
  ...base,
  testDir: '..',
  testMatch: ['pages.spec.ts', 'frozen/screenshots.ts'],
  outputDir: '../../test-results',
  globalSetup: './startFrozen.ts',
  snapshotPathTemplate: '{testDir}/pictures/{arg}{ext}',
};

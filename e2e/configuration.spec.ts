import { testIds } from '../src/testIds';
import { SIDECAR } from './places';
import { BROKEN_REQUESTS, expect, test } from './test';

test('test connection says that the sidecar answers, and which one', async ({ page, at }) => {
  await page.goto(at.configuration);
  await page.getByTestId(testIds.configuration.test).click();
  const result = page.getByTestId(testIds.configuration.result);
  await expect(result).toBeVisible();
  await expect(result).toContainText(/\d+\.\d+\.\d+/);
});

test('an address that is none is refused before it is saved', async ({ page, at }) => {
  await page.goto(at.configuration);
  const url = page.getByTestId(testIds.configuration.url);
  await url.fill('not an address');
  await page.getByTestId(testIds.configuration.save).click();
  await expect(page.getByRole('alert').first()).toBeVisible();
});

test.describe('with a sidecar that is not there', () => {
  test.use({ expectedProblems: BROKEN_REQUESTS });

  test('test connection says what is wrong and what to do', async ({ page, at }) => {
    await page.route(`${SIDECAR}/**`, (route) => route.fulfill({ status: 502, body: '' }));
    await page.goto(at.configuration);
    await page.getByTestId(testIds.configuration.test).click();
    const result = page.getByTestId(testIds.configuration.result);
    await expect(result).toContainText(/cannot be reached/i);
    await expect(result).toContainText(/address/i);
  });

  test('a refused token is named as that', async ({ page, at }) => {
    const problem = {
      type: 'about:blank',
      title: 'Unauthorized',
      status: 401,
      detail: 'A token is needed',
      code: 'API_TOKEN_MISSING',
      action: 'Send it',
    };
    await page.route(`${SIDECAR}/**`, (route) =>
      route.fulfill({ status: 401, contentType: 'application/problem+json', body: JSON.stringify(problem) })
    );
    await page.goto(at.configuration);
    await page.getByTestId(testIds.configuration.test).click();
    await expect(page.getByTestId(testIds.configuration.result)).toContainText(/token/i);
  });
});

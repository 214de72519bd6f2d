import { fetchError, problem, standInBackend, type StandInBackend } from '../testing/standIns';
import React, { type ComponentProps } from 'react';
import { setDataSourceSrv, type DataSourceSrv } from '@grafana/runtime';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aStatus } from '../testing/fixtures';
import { testIds } from '../testIds';
import Configuration from './Configuration';

let backend: StandInBackend;
const READY = { status: 'ready', reasons: [] };

beforeEach(() => {
  backend = standInBackend();
  backend.on('/settings', () => ({}));
  backend.on('/readyz', () => READY);
  backend.on('/api/v1/status', () => aStatus());
  backend.on('/api/v1/sources', () => ({ now: 1, sources: [] }));
  setDataSourceSrv({ getList: () => [], getInstanceSettings: () => undefined } as unknown as DataSourceSrv);
});

function renderPage(meta: object = {}) {
  const plugin = { meta: { id: 'headroom-capacity-app', enabled: true, pinned: true, ...meta } };
  const props = { plugin, query: {} } as unknown as ComponentProps<typeof Configuration>;
  return render(<Configuration {...props} />);
}

const stored = { jsonData: { url: 'http://headroom:8370', other: 1 }, secureJsonFields: { tokenRead: true } };
const saved = () => backend.requests.filter(({ url }) => url === '/api/plugins/headroom-capacity-app/settings');
const type = (testId: string, text: string) => userEvent.type(screen.getByTestId(testId), text);
const save = () => userEvent.click(screen.getByTestId(testIds.configuration.save));

describe('Configuration', () => {
  it('saves address and token, tests the connection, and says what it found', async () => {
    renderPage();
    await type(testIds.configuration.url, ' http://headroom:8370/ ');
    await type(testIds.configuration.token('tokenRead'), 'secret-token');
    await save();
    expect(await screen.findByTestId(testIds.configuration.result)).toHaveTextContent(
      'ConnectedHeadroom 0.1.0 · 3 workloads from 1 sources'
    );
    expect(saved()).toEqual([
      expect.objectContaining({
        method: 'POST',
        data: {
          enabled: true,
          pinned: true,
          jsonData: { url: 'http://headroom:8370', datasourceUid: undefined },
          secureJsonData: { tokenRead: 'secret-token' },
        },
      }),
    ]);
    expect(document.body).not.toHaveTextContent('secret-token');
    expect(screen.queryByDisplayValue('secret-token')).not.toBeInTheDocument();
    expect(screen.getByTestId(testIds.configuration.token('tokenRead'))).toBeDisabled();
  });

  it('never sends a stored token back, and keeps settings that it does not know', async () => {
    renderPage(stored);
    expect(screen.getByTestId(testIds.configuration.token('tokenRead'))).toBeDisabled();
    await save();
    await screen.findByTestId(testIds.configuration.result);
    expect(saved()[0]?.data).toEqual({
      enabled: true,
      pinned: true,
      jsonData: { url: 'http://headroom:8370', other: 1, datasourceUid: undefined },
    });
  });

  it('replaces a stored token after a reset', async () => {
    renderPage(stored);
    await userEvent.click(screen.getByRole('button', { name: /reset/i }));
    await type(testIds.configuration.token('tokenRead'), 'new');
    await save();
    await screen.findByTestId(testIds.configuration.result);
    expect(saved()[0]?.data).toMatchObject({ secureJsonData: { tokenRead: 'new' } });
  });

  it('stores each token under its own name, and leaves alone those that are not entered', async () => {
    renderPage(stored);
    await type(testIds.configuration.token('tokenApprove'), ' approve-token ');
    await save();
    await screen.findByTestId(testIds.configuration.result);
    expect(saved()[0]?.data).toMatchObject({ secureJsonData: { tokenApprove: 'approve-token' } });
    expect(saved()[0]?.data.secureJsonData).not.toHaveProperty('tokenRead');
    expect(screen.getByTestId(testIds.configuration.token('tokenApprove'))).toBeDisabled();
    expect(screen.getByTestId(testIds.configuration.token('tokenScale'))).toBeEnabled();
    expect(document.body.innerHTML).not.toContain('approve-token');
  });

  it('takes a stored token away where it was reset and left empty', async () => {
    renderPage({ ...stored, secureJsonFields: { tokenScale: true } });
    await userEvent.click(screen.getByRole('button', { name: /reset/i }));
    await save();
    await screen.findByTestId(testIds.configuration.result);
    expect(saved()[0]?.data).toMatchObject({ secureJsonData: { tokenScale: '' } });
  });

  it.each([
    ['headroom', 'Enter a whole address'],
    ['ftp://headroom', 'must begin with http'],
    ['http://user:pass@headroom', 'Leave user and password out'],
    ['http://headroom?x=1', 'Leave out everything from'],
  ])('refuses the address %p and saves nothing', async (url, message) => {
    renderPage();
    await type(testIds.configuration.url, url);
    await save();
    expect(await screen.findByText(new RegExp(message))).toBeInTheDocument();
    expect(saved()).toEqual([]);
  });

  it('asks for an address', async () => {
    renderPage();
    await save();
    expect(await screen.findByText('Enter the address of the sidecar.')).toBeInTheDocument();
  });

  it('tests only what is saved', async () => {
    renderPage(stored);
    const test = screen.getByTestId(testIds.configuration.test);
    expect(test).toBeEnabled();
    await type(testIds.configuration.url, '/other');
    expect(test).toBeDisabled();
  });

  it('says why the sidecar is not ready', async () => {
    backend.on('/readyz', () => {
      throw fetchError(503, { status: 'not ready', reasons: ['source prom: connection refused'] });
    });
    renderPage(stored);
    await userEvent.click(screen.getByTestId(testIds.configuration.test));
    expect(await screen.findByText('source prom: connection refused')).toBeInTheDocument();
    expect(screen.getByTestId(testIds.configuration.result)).toHaveTextContent('Headroom 0.1.0');
  });

  it('says that it is the demo fleet', async () => {
    backend.on('/api/v1/status', () => aStatus({ demo: true }));
    renderPage(stored);
    await userEvent.click(screen.getByTestId(testIds.configuration.test));
    expect(await screen.findByText(/the demo fleet, not your services/)).toBeInTheDocument();
  });

  it.each([
    ['nobody there', '/readyz', fetchError(502), 'The sidecar cannot be reached'],
    ['another service', '/readyz', fetchError(404, '<html>'), 'There is no Headroom at the configured address'],
    [
      'a wrong token',
      '/api/v1/status',
      fetchError(401, problem(401, 'API_UNAUTHORIZED', 'no')),
      'The sidecar refuses the token',
    ],
    [
      'too few rights',
      '/api/v1/status',
      fetchError(403, problem(403, 'API_FORBIDDEN', 'no')),
      "The sidecar does not allow this with Grafana's token",
    ],
  ])('tells %s', async (_name, path, thrown, title) => {
    backend.on(path, () => {
      throw thrown;
    });
    renderPage(stored);
    await userEvent.click(screen.getByTestId(testIds.configuration.test));
    expect(await screen.findByTestId(testIds.configuration.result)).toHaveTextContent(title);
  });

  it('tells a service that answers something else', async () => {
    backend.on('/readyz', () => 'OK');
    renderPage(stored);
    await userEvent.click(screen.getByTestId(testIds.configuration.test));
    expect(await screen.findByTestId(testIds.configuration.result)).toHaveTextContent(
      'The answer is not what Headroom says'
    );
  });

  it('says why Grafana did not save', async () => {
    backend.on('/settings', () => {
      throw fetchError(403, { message: 'You need plugins:write' });
    });
    renderPage(stored);
    await save();
    expect(await screen.findByText('You need plugins:write')).toBeInTheDocument();
    expect(screen.queryByTestId(testIds.configuration.result)).not.toBeInTheDocument();
  });
});

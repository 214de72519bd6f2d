import { LANGUAGES } from '@grafana/i18n';
import { config, locationService } from '@grafana/runtime';
import { Button, Dropdown, Menu } from '@grafana/ui';
import React from 'react';
import { keepLanguage } from '../languageChoice.ts';

/** Chooses among the languages that the app has; the page begins anew, as in Grafana. */
export function LanguageMenu({ languages }: { readonly languages: readonly string[] }) {
  const current = config.bootData.user.language;
  const known = LANGUAGES.filter(({ code }) => languages.includes(code));
  const choose = (code: string) => {
    keepLanguage(code);
    locationService.partial({ lang: undefined }, true);
    window.location.reload();
  };
  const menu = (
    <Menu>
      {known.map(({ code, name }) => (
        <Menu.Item key={code} label={name} active={code === current} onClick={() => choose(code)} />
      ))}
    </Menu>
  );
  const short = current.slice(0, 2).toUpperCase();
  return (
    <Dropdown overlay={menu}>
      <Button variant="secondary" fill="text" size="sm" aria-label={`${short}: choose the language`}>
        {short}
      </Button>
    </Dropdown>
  );
}

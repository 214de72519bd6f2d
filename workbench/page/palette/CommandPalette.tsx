import { PluginExtensionPoints } from '@grafana/data';
import { locationService, usePluginLinks } from '@grafana/runtime';
import { Button, FilterInput, Menu, Modal, Stack } from '@grafana/ui';
import React, { useEffect, useState } from 'react';

/** Grafana's command palette as far as links go: opened by Ctrl+K or its button, searched by what is typed. */
export function CommandPalette() {
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const { links } = usePluginLinks({ extensionPointId: PluginExtensionPoints.CommandPalette });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key === 'k') {
        event.preventDefault();
        setOpen(true);
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  const close = () => {
    setOpen(false);
    setTyped('');
  };
  const found = links.filter(({ title }) => title.toLowerCase().includes(typed.toLowerCase()));
  return (
    <>
      <Button variant="secondary" size="sm" fill="text" icon="search" onClick={() => setOpen(true)}>
        Command palette
      </Button>
      <Modal isOpen={isOpen} title="Command palette" onDismiss={close}>
        <Stack direction="column" gap={1}>
          <FilterInput autoFocus placeholder="Search commands" value={typed} onChange={setTyped} />
          <Menu>
            {found.map(({ id, title, path, icon }) => (
              <Menu.Item
                key={id}
                label={title}
                icon={icon}
                onClick={() => {
                  close();
                  locationService.push(path ?? '/');
                }}
              />
            ))}
            {found.length === 0 && <Menu.Item label="No command of that name" disabled />}
          </Menu>
        </Stack>
      </Modal>
    </>
  );
}

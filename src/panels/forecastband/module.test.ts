import '../../testing/standIns';
import {
  standardEditorsRegistry,
  standardFieldConfigEditorRegistry,
  type FieldConfigPropertyItem,
  type StandardEditorsRegistryItem,
} from '@grafana/data';
import { plugin } from './module';

const EDITORS = ['boolean', 'field-name', 'multi-select', 'number', 'radio', 'select', 'slider', 'strings', 'text'];

beforeAll(() => {
  const editor = () => null;
  standardEditorsRegistry.setInit(() =>
    EDITORS.map((id) => ({ id, name: id, editor }) as unknown as StandardEditorsRegistryItem)
  );
  standardFieldConfigEditorRegistry.setInit(() => [
    { id: 'color', path: 'color', name: 'color', editor, override: editor } as unknown as FieldConfigPropertyItem,
  ]);
});

it('the panel begins with bands of 50, 80 and 95 %, recognised by name', () => {
  const probe = { ...plugin.defaults } as Record<string, unknown>;
  expect(plugin.getPanelOptionsSupplier()).toEqual(expect.any(Function));
  expect(probe).toMatchObject({
    bands: [50, 80, 95],
    bandOpacity: 25,
    isMedianShown: true,
    isMeanShown: false,
    isCapacityShown: true,
    isProbabilityShown: true,
    isNowLineShown: true,
    mapping: { boundsPercent: 80 },
    legend: { showLegend: true, placement: 'bottom' },
  });
});

it('fields begin with thin lines and no thresholds', () => {
  expect(plugin.fieldConfigDefaults.defaults.custom).toMatchObject({
    lineWidth: 1.5,
    thresholdsStyle: { mode: 'off' },
  });
});

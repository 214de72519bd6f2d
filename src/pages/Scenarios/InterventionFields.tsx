import React, { useState } from 'react';
import { Button, InlineSwitch, RadioButtonGroup, Stack } from '@grafana/ui';
import type { Intervention } from '../../../contract/scenario.ts';
import { formatDuration } from '../../formatting/formatDuration';
import { formatProbability } from '../../formatting/formatProbability';
import { t } from '../../translations';
import { durationOf, secondsOf } from '../../formatting/durations';
import { isKind, KIND_RULES, mayLast, shapeName, shapeOf, type Shape } from './model/interventionKinds';
import { SliderField } from '../SliderField';
import { StrengthFields } from './StrengthFields';

export interface InterventionFieldsProps {
  readonly intervention: Intervention;
  readonly stepSeconds: number;
  readonly horizonSeconds: number;
  readonly onChange: (intervention: Intervention, isMoving: boolean) => void;
}

const DEFAULT_SECONDS = 7200;

/** How strong a change is, when it begins, how long it lasts, and in which shape. */
export function InterventionFields(props: InterventionFieldsProps) {
  const { intervention, onChange } = props;
  const [isMore, setIsMore] = useState(false);
  const { kind, probability } = intervention;
  const shapes = isKind(kind) ? KIND_RULES[kind].shapes : [];
  const shape = shapeOf(intervention);
  return (
    <Stack direction="column" gap={1}>
      <StrengthFields intervention={intervention} onChange={onChange} />
      <TimeFields {...props} />
      <Button
        variant="secondary"
        fill="text"
        size="sm"
        icon={isMore ? 'angle-down' : 'angle-right'}
        aria-expanded={isMore}
        onClick={() => setIsMore(!isMore)}
      >
        {t('scenarios.more', 'Shape and chance')}
      </Button>
      {isMore && (
        <>
          {shapes.length > 1 && (
            <RadioButtonGroup<Shape>
              size="sm"
              aria-label={t('scenarios.shape.label', 'Shape')}
              options={shapes.map((value) => ({ value, label: shapeName(value) }))}
              value={shape}
              onChange={(value) => onChange(withShape(intervention, value), false)}
            />
          )}
          {shape === 'plateau' && <RampFields {...props} />}
          <SliderField
            label={t('scenarios.chance', 'Chance, %')}
            text={formatProbability(probability ?? 1)}
            min={0}
            max={100}
            step={1}
            value={Math.round((probability ?? 1) * 100)}
            onMove={(percent) => onChange({ ...intervention, probability: percent / 100 }, true)}
            onCommit={(percent) => onChange({ ...intervention, probability: percent / 100 }, false)}
          />
        </>
      )}
    </Stack>
  );
}

function TimeFields({ intervention, stepSeconds, horizonSeconds, onChange }: InterventionFieldsProps) {
  const { start, duration } = intervention;
  const [from, until] = typeof start === 'object' ? start : [start ?? '0s', undefined];
  const latest = Math.max(stepSeconds, horizonSeconds - stepSeconds);
  const minutes = (seconds: number) => Math.round(seconds / 60);
  const shared = { step: Math.max(1, minutes(stepSeconds)), min: 0 };
  const setStart = (seconds: number, isMoving: boolean) => {
    const begin = durationOf(Math.min(seconds, latest));
    const end = until === undefined ? undefined : durationOf(Math.max(seconds, secondsOf(until)));
    onChange({ ...intervention, start: end === undefined ? begin : [begin, end] }, isMoving);
  };
  const setLatest = (seconds: number, isMoving: boolean) =>
    onChange({ ...intervention, start: [from, durationOf(Math.max(seconds, secondsOf(from)))] }, isMoving);
  const setDuration = (seconds: number, isMoving: boolean) =>
    onChange(withDuration(intervention, Math.max(stepSeconds, seconds)), isMoving);
  return (
    <>
      <SliderField
        {...shared}
        label={
          until === undefined
            ? t('scenarios.start', 'Starts in, min')
            : t('scenarios.earliest', 'Starts in at least, min')
        }
        text={formatDuration(secondsOf(from))}
        max={minutes(latest)}
        value={minutes(secondsOf(from))}
        onMove={(value) => setStart(value * 60, true)}
        onCommit={(value) => setStart(value * 60, false)}
      />
      {until !== undefined && (
        <SliderField
          {...shared}
          label={t('scenarios.latest', 'Starts in at most, min')}
          text={formatDuration(secondsOf(until))}
          max={minutes(latest)}
          value={minutes(secondsOf(until))}
          onMove={(value) => setLatest(value * 60, true)}
          onCommit={(value) => setLatest(value * 60, false)}
        />
      )}
      {duration !== undefined && (
        <SliderField
          {...shared}
          min={shared.step}
          label={t('scenarios.duration', 'Lasts, min')}
          text={formatDuration(secondsOf(duration))}
          max={minutes(horizonSeconds)}
          value={minutes(secondsOf(duration))}
          onMove={(value) => setDuration(value * 60, true)}
          onCommit={(value) => setDuration(value * 60, false)}
        />
      )}
      <Stack direction="row" gap={1} wrap="wrap">
        <InlineSwitch
          transparent
          showLabel
          label={t('scenarios.someTime', 'Some time between')}
          value={until !== undefined}
          onChange={() =>
            onChange(
              {
                ...intervention,
                start:
                  until === undefined ? [from, durationOf(Math.min(latest, secondsOf(from) + DEFAULT_SECONDS))] : from,
              },
              false
            )
          }
        />
        {mayLast(intervention) && (
          <InlineSwitch
            transparent
            showLabel
            label={t('scenarios.lasting', 'To the end')}
            value={duration === undefined}
            onChange={() =>
              onChange(
                duration === undefined
                  ? withDuration(intervention, DEFAULT_SECONDS)
                  : { ...intervention, duration: undefined },
                false
              )
            }
          />
        )}
      </Stack>
    </>
  );
}

function RampFields({ intervention, onChange }: InterventionFieldsProps) {
  const whole = secondsOf(intervention.duration);
  const fields = [
    ['rampUp', t('scenarios.rampUp', 'Rises for, min'), secondsOf(intervention.rampDown)],
    ['rampDown', t('scenarios.rampDown', 'Falls for, min'), secondsOf(intervention.rampUp)],
  ] as const;
  return (
    <>
      {fields.map(([field, label, other]) => {
        const seconds = intervention[field] === undefined ? whole / 10 : secondsOf(intervention[field]);
        const set = (minutes: number, isMoving: boolean) =>
          onChange({ ...intervention, [field]: durationOf(Math.min(minutes * 60, whole - other)) }, isMoving);
        return (
          <SliderField
            key={field}
            label={label}
            text={formatDuration(seconds)}
            min={0}
            max={Math.max(1, Math.floor((whole - other) / 60))}
            step={1}
            value={Math.round(seconds / 60)}
            onMove={(value) => set(value, true)}
            onCommit={(value) => set(value, false)}
          />
        );
      })}
    </>
  );
}

/** Another shape with what it needs: a plateau its ramps, one that ends a duration. */
function withShape(intervention: Intervention, shape: Shape): Intervention {
  const { rampUp: _up, rampDown: _down, ...rest } = intervention;
  const shaped: Intervention = { ...rest, shape };
  return mayLast(shaped) || shaped.duration !== undefined ? shaped : withDuration(shaped, DEFAULT_SECONDS);
}

/** Another duration, into which the ramps still fit. */
function withDuration(intervention: Intervention, seconds: number): Intervention {
  const { rampUp, rampDown } = intervention;
  const ramps = secondsOf(rampUp) + secondsOf(rampDown);
  const share = ramps > seconds ? seconds / ramps : 1;
  const fitted = (ramp: string) => durationOf(Math.floor(secondsOf(ramp) * share));
  return {
    ...intervention,
    duration: durationOf(seconds),
    ...(rampUp === undefined ? {} : { rampUp: fitted(rampUp) }),
    ...(rampDown === undefined ? {} : { rampDown: fitted(rampDown) }),
  };
}

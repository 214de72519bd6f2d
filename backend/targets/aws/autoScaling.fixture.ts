import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TargetFault, TargetSubject } from '../../exams/target.ts';
import { AutoScalingTarget } from './autoScalingTarget.ts';

export const SECRET = 'aws-secret-0123456789abcdef';

interface Scheduled {
  readonly name: string;
  readonly atSeconds: number;
  readonly min: number;
}

export interface AutoScalingWorld extends TargetSubject {
  readonly group: { min: number; max: number; isThere: boolean };
  readonly scheduled: Map<string, Scheduled>;
  readonly calls: string[];
  /** Time goes on, and AWS does what is due. */
  readonly pass: (seconds: number) => void;
}

const STATUS: Readonly<Partial<Record<TargetFault, readonly [number, string]>>> = {
  failing: [500, 'InternalFailure'],
  forbidden: [403, 'AccessDenied'],
  expired: [403, 'ExpiredToken'],
  invalid: [400, 'ValidationError'],
  throttled: [400, 'Throttling'],
};

const XMLNS = 'http://autoscaling.amazonaws.com/doc/2011-01-01/';

/** As much of EC2 Auto Scaling's query API as the target asks: one group, its scheduled actions, a clock. */
export async function autoScalingWorld(): Promise<AutoScalingWorld> {
  const group = { min: 2, max: 40, isThere: true };
  const scheduled = new Map<string, Scheduled>();
  const calls: string[] = [];
  let nowSeconds = 1_700_000_000;
  let fault: TargetFault | undefined;
  let writes = 0;

  const answer = (form: URLSearchParams): readonly [number, string] => {
    const action = form.get('Action') ?? '';
    calls.push(action);
    const result = (inner: string) =>
      `<${action}Response xmlns="${XMLNS}"><${action}Result>${inner}</${action}Result></${action}Response>`;
    switch (action) {
      case 'DescribeAutoScalingGroups': {
        const instances = `<Instances><member><LifecycleState>InService</LifecycleState></member></Instances>`;
        const member = `<member><AutoScalingGroupName>web</AutoScalingGroupName><MinSize>${group.min}</MinSize><MaxSize>${group.max}</MaxSize>${instances}</member>`;
        return [200, result(`<AutoScalingGroups>${group.isThere ? member : ''}</AutoScalingGroups>`)];
      }
      case 'DescribeScheduledActions': {
        const all = [...scheduled.values()];
        const from = Number(form.get('NextToken') ?? 0);
        const members = all
          .slice(from, from + 1)
          .map(
            ({ name, atSeconds, min }) =>
              `<member><ScheduledActionName>${escaped(name)}</ScheduledActionName><StartTime>${new Date(atSeconds * 1000).toISOString()}</StartTime><MinSize>${min}</MinSize></member>`
          );
        const next = from + 1 < all.length ? `<NextToken>${from + 1}</NextToken>` : '';
        return [200, result(`<ScheduledUpdateGroupActions>${members.join('')}</ScheduledUpdateGroupActions>${next}`)];
      }
      case 'BatchPutScheduledUpdateGroupAction': {
        const list = members(form, 'ScheduledUpdateGroupActions').map((prefix) => ({
          name: form.get(`${prefix}.ScheduledActionName`) ?? '',
          atSeconds: Date.parse(form.get(`${prefix}.StartTime`) ?? '') / 1000,
          min: Number(form.get(`${prefix}.MinSize`)),
        }));
        const times = new Set([...scheduled.values()].map(({ atSeconds }) => atSeconds));
        if (list.some((each) => !(each.atSeconds > nowSeconds) || each.min > group.max || times.has(each.atSeconds))) {
          return failure(400, 'ValidationError');
        }
        list.forEach((each) => scheduled.set(each.name, each));
        writes++;
        return [200, result('<FailedScheduledUpdateGroupActions/>')];
      }
      case 'BatchDeleteScheduledAction':
        for (const prefix of members(form, 'ScheduledActionNames')) {
          scheduled.delete(form.get(prefix) ?? '');
        }
        return [200, result('<FailedScheduledActions/>')];
      case 'UpdateAutoScalingGroup':
        group.min = Number(form.get('MinSize'));
        writes++;
        return [200, result('')];
      default:
        return failure(400, 'InvalidAction');
    }
  };

  const respond = (body: string, response: ServerResponse) => {
    const form = new URLSearchParams(body);
    const isRead = form.get('Action')?.startsWith('Describe') === true;
    const active =
      fault !== undefined && !(isRead && ['invalid', 'forgetful', 'cut'].includes(fault)) ? fault : undefined;
    const say = ([status, xml]: readonly [number, string]) =>
      response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
    switch (active) {
      case undefined:
        say(answer(form));
        break;
      case 'cut':
        answer(form);
        response.socket?.destroy();
        break;
      case 'unreachable':
        response.socket?.destroy();
        break;
      case 'slow':
        break;
      case 'gone':
        group.isThere = false;
        say(answer(form));
        group.isThere = true;
        break;
      case 'garbage':
        say([200, `<html>${SECRET}</html>`]);
        break;
      case 'forgetful': {
        const name = form.get('Action') ?? '';
        say([200, `<${name}Response xmlns="${XMLNS}"><${name}Result/></${name}Response>`]);
        break;
      }
      default:
        say(failure(...(STATUS[active] ?? [500, 'InternalFailure'])));
    }
  };

  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      respond(body, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const pass = (seconds: number) => {
    nowSeconds += seconds;
    const due = [...scheduled.values()].filter(({ atSeconds }) => atSeconds <= nowSeconds);
    for (const { name, min } of due.sort((a, b) => a.atSeconds - b.atSeconds)) {
      group.min = min;
      scheduled.delete(name);
    }
  };
  const floor = () => [...scheduled.values()].find(({ name }) => name.startsWith('headroom hold'))?.min ?? group.min;

  return {
    group,
    scheduled,
    calls,
    pass,
    open: ({ timeoutSeconds } = {}) =>
      Promise.resolve(
        new AutoScalingTarget(
          { workload: 'web', entry: { kind: 'aws-asg', group: 'web', region: 'eu-west-1' }, min: 1, max: 30 },
          {
            env: { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: SECRET, AWS_ENDPOINT_URL: endpoint },
            nowSeconds: () => nowSeconds,
            random: () => 0.5,
          },
          timeoutSeconds
        )
      ),
    original: { floor: 2 },
    ceiling: 30,
    secrets: [SECRET],
    world: {
      fields: () => Promise.resolve({ MinSize: floor() }),
      whole: () => Promise.resolve({ min: group.min, scheduled: [...scheduled.keys()] }),
      writes: () => Promise.resolve(writes),
      touch: () => {
        group.max = group.max === 40 ? 41 : 40;
        return Promise.resolve();
      },
      setByHand: (min) => {
        pass(120);
        group.min = min;
        return Promise.resolve();
      },
      fail: (next) => {
        fault = next;
        return Promise.resolve();
      },
      heal: () => {
        fault = undefined;
        return Promise.resolve();
      },
    },
    dispose: () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function members(form: URLSearchParams, list: string): string[] {
  const prefixes = new Set<string>();
  for (const key of form.keys()) {
    const match = new RegExp(`^${list}\\.member\\.\\d+`).exec(key);
    if (match !== null) {
      prefixes.add(match[0]);
    }
  }
  return [...prefixes];
}

function failure(status: number, code: string): readonly [number, string] {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>no, ${SECRET}</Message></Error>`;
  return [status, `<ErrorResponse xmlns="${XMLNS}">${error}<RequestId>1</RequestId></ErrorResponse>`];
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

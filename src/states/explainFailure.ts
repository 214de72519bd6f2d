import { spoken } from '../sentences/spoken';
import { t } from '../translations';
import type { Failure } from '../sidecar/failure';
import { PERMISSIONS } from '../sidecar/permissions';

/** A failure as people read it: what is wrong, the detail, and what to do. */
export interface Explanation {
  readonly title: string;
  readonly detail: string;
  readonly action: string;
  /** Whether the configuration page is where it is mended. */
  readonly isConfiguration: boolean;
}

/** What a failure means and what to do about it; `isConfigured` is whether the app knows an address of the sidecar. */
export function explainFailure(failure: Failure, isConfigured: boolean): Explanation {
  if (!isConfigured && isSilent(failure)) {
    return {
      title: t('failure.notConfigured.title', 'Headroom does not know where its sidecar is'),
      detail: t('failure.notConfigured.detail', 'Forecasts are made by the sidecar, a service beside Grafana.'),
      action: t(
        'failure.notConfigured.action',
        'An administrator enters its address on the configuration page. If that has just been done, reload this page.'
      ),
      isConfiguration: true,
    };
  }
  switch (failure.kind) {
    case 'unreachable':
      return {
        title: t('failure.unreachable.title', 'The sidecar cannot be reached'),
        detail:
          failure.status === null
            ? t('failure.unreachable.network', 'Grafana gave no answer to the request.')
            : t('failure.unreachable.status', 'Grafana found nobody at the configured address (status {{status}}).', {
                status: failure.status,
              }),
        action: t(
          'failure.unreachable.action',
          "Check that the sidecar runs and that Grafana's server can reach the address on the configuration page."
        ),
        isConfiguration: true,
      };
    case 'timeout':
      return {
        title: t('failure.timeout.title', 'The sidecar takes too long to answer'),
        detail: t('failure.timeout.detail', 'No answer within {{seconds}} seconds.', { seconds: failure.seconds }),
        action: t('failure.timeout.action', 'It may be starting or busy. Try again, or ask for a shorter time range.'),
        isConfiguration: false,
      };
    case 'unauthorized':
      return {
        title: t('failure.unauthorized.title', 'The sidecar refuses the token'),
        detail: t('failure.unauthorized.detail', 'The token that Grafana sends is missing or not the one it expects.'),
        action: t(
          'failure.unauthorized.action',
          'An administrator enters the token of {{variable}} or HEADROOM_TOKEN on the configuration page.',
          { variable: tokenVariable(failure.permission) }
        ),
        isConfiguration: true,
      };
    case 'forbidden':
      return failure.by === 'grafana'
        ? {
            title:
              failure.permission === PERMISSIONS.read
                ? t('failure.forbidden.title', 'You do not have permission to see this')
                : t('failure.forbidden.titleDo', 'You do not have permission to do this'),
            detail: t('failure.forbidden.detail', 'It needs the permission {{permission}}.', {
              permission: failure.permission,
            }),
            action: t('failure.forbidden.action', 'Ask an administrator of this organisation for a role that has it.'),
            isConfiguration: false,
          }
        : {
            title: t('failure.forbiddenToken.title', "The sidecar does not allow this with Grafana's token"),
            detail: t('failure.forbiddenToken.detail', 'The configured token carries too few rights.'),
            action: t(
              'failure.forbiddenToken.action',
              'An administrator enters the token of {{variable}} on the configuration page.',
              { variable: tokenVariable(failure.permission) }
            ),
            isConfiguration: true,
          };
    case 'notFound':
      return failure.problem === null
        ? {
            title: t('failure.notHeadroom.title', 'There is no Headroom at the configured address'),
            detail: t('failure.notHeadroom.detail', 'Something answers there, but it does not know this question.'),
            action: t(
              'failure.notHeadroom.action',
              'Check the address on the configuration page, and that app and sidecar have the same version.'
            ),
            isConfiguration: true,
          }
        : explainProblem(failure.problem);
    case 'problem':
      return explainProblem(failure.problem);
    case 'unexpected':
      return {
        title: t('failure.unexpected.title', 'The answer is not what Headroom says'),
        detail: failure.detail,
        action: t(
          'failure.unexpected.action',
          'Check that the address on the configuration page is that of a Headroom sidecar of the same version.'
        ),
        isConfiguration: true,
      };
  }
}

function explainProblem({
  detail,
  title,
  action,
  code,
}: Extract<Failure, { kind: 'problem' }>['problem']): Explanation {
  return {
    title: detail === '' ? title : spoken(detail),
    detail: t('failure.problem.code', 'Error {{code}}', { code }),
    action: spoken(action),
    isConfiguration: false,
  };
}

/** The sidecar's variable whose token the route of a permission sends. */
function tokenVariable(permission: string): string {
  switch (permission) {
    case PERMISSIONS.propose:
      return 'HEADROOM_TOKEN_PROPOSE';
    case PERMISSIONS.approve:
      return 'HEADROOM_TOKEN_APPROVE';
    case PERMISSIONS.scale:
      return 'HEADROOM_TOKEN_SCALE';
    case PERMISSIONS.admin:
      return 'HEADROOM_TOKEN_ADMIN';
    default:
      return 'HEADROOM_TOKEN_READ';
  }
}

/** Failures that a missing address brings about, too. */
function isSilent({ kind }: Failure): boolean {
  return kind === 'unreachable' || kind === 'unexpected' || kind === 'notFound';
}

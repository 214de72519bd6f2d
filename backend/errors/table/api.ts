import type { ErrorEntry } from '../errorEntry.ts';

export const apiErrors = {
  API_BODY_INVALID: {
    status: 400,
    message: 'The request body is not valid: {problem}',
    action: 'Correct the named field; /openapi.json describes it',
  },
  API_PARAMETER_INVALID: {
    status: 400,
    message: 'Parameter {name} is not valid: {problem}',
    action: 'Correct the parameter; /openapi.json describes it',
  },
  API_BODY_TOO_LARGE: {
    status: 413,
    message: 'The request body is larger than {limitBytes} bytes',
    action: 'Send less at once',
  },
  API_NOT_FOUND: { status: 404, message: 'There is no {kind} named {name}', action: 'List what there is at {list}' },
  API_ROUTE_NOT_FOUND: {
    status: 404,
    message: 'There is nothing at {path}',
    action: 'See /openapi.json for what there is',
  },
  API_METHOD_NOT_ALLOWED: { status: 405, message: '{method} is not allowed at {path}', action: 'Use {allowed}' },
  API_MEDIA_TYPE_UNSUPPORTED: {
    status: 415,
    message: 'The content type {mediaType} is not supported here',
    action: 'Send {supported}',
  },
  API_TOKEN_MISSING: {
    status: 401,
    message: 'This needs a bearer token',
    action: 'Send Authorization: Bearer with a token that grants {permission}',
  },
  API_PERMISSION_MISSING: {
    status: 403,
    message: 'This needs the permission {permission}, and the token grants {granted}',
    action: 'Use a token that grants {permission}; in Grafana, ask for the role that does',
  },
  API_IDENTITY_MISSING: {
    status: 401,
    message: 'What needs {permission} needs a person as well as a token, and the request proves none',
    action: 'Come through Grafana or the proxy that this Headroom trusts, signed in there',
  },
  API_IDENTITY_INVALID: {
    status: 401,
    message: 'The identity in {header} is not believed: {reason}',
    action: 'Sign in to Grafana again and repeat it from there; docs/security.md tells what is checked',
  },
  API_IDENTITY_UNAVAILABLE: {
    status: 503,
    message: 'Who asks cannot be checked, since the signing keys of Grafana cannot be had',
    action: 'See that Headroom reaches HEADROOM_GRAFANA_URL, and try again; reads go on meanwhile',
  },
  API_CONFLICT: {
    status: 409,
    message: '{what} is declared in the workloads file and cannot be changed here',
    action: 'Change it in the file',
  },
  API_VERSION_CHANGED: {
    status: 412,
    message: '{what} is at version {version} now, not as the request expects it',
    action: 'Read it again and send your change with the ETag of what you read',
  },
  JOB_RUNNING: {
    status: 409,
    message: 'A job of the kind {kind} is under way for {workload} already: {id}',
    action: 'Wait for it, or cancel it with DELETE /api/v1/jobs/{id}',
  },
  API_BUSY: { status: 503, message: 'Too much is going on at once: {what}', action: 'Try again in a few seconds' },
  API_NOT_READY: {
    status: 503,
    message: 'There is no forecast for {name} yet: {reason}',
    action: 'Wait, or look at /readyz for what is missing',
  },
  INTERNAL: {
    status: 500,
    message: 'Something failed inside Headroom',
    action: 'Look in the log for {requestId} and report it',
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;

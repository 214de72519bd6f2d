import type { ErrorEntry } from '../errorEntry.ts';

export const sourceErrors = {
  SOURCE_UNREACHABLE: {
    status: 502,
    message: 'Source {source} cannot be reached at {url}: {reason}',
    action: 'Check that it is running and that the address, the network and the TLS settings are right',
  },
  SOURCE_TIMEOUT: {
    status: 504,
    message: 'Source {source} did not answer within {timeout} at {url}',
    action: 'Make the query cheaper (a recording rule helps) or raise the timeout of source {source}',
  },
  SOURCE_UNAUTHORIZED: {
    status: 502,
    message: 'Source {source} refused the credentials at {url} with HTTP {httpStatus}: {reason}',
    action: 'Check that {credentials} may read there',
  },
  SOURCE_ENDPOINT_MISSING: {
    status: 502,
    message: 'Source {source} has nothing to read at {url}: HTTP {httpStatus}: {reason}',
    action: 'Check the url of source {source}: give the address under which {endpoint} is found',
  },
  SOURCE_RATE_LIMITED: {
    status: 503,
    message: 'Source {source} answers at {url} that it is asked too often: {reason}',
    action: 'Raise its limit, or ask for less: a longer step, fewer series',
  },
  SOURCE_UNAVAILABLE: {
    status: 502,
    message: 'Source {source} failed at {url} with HTTP {httpStatus}: {reason}',
    action: 'Look in its own log; Headroom goes on trying',
  },
  SOURCE_QUERY_INVALID: {
    status: 422,
    message: 'Source {source} cannot answer the query {query}: {reason}',
    action: 'Correct the query',
  },
  SOURCE_SERIES_AMBIGUOUS: {
    status: 422,
    message: 'Source {source} has {count} series for {label}="{value}" in the query {query}',
    action: 'Aggregate in the query, for example with sum by ({label}) (...)',
  },
  SOURCE_SERIES_UNKNOWN: {
    status: 422,
    message: 'Source {source} knows no series {series}',
    action: 'Use one of {known}',
  },
  SOURCE_STEP_UNSUITABLE: {
    status: 422,
    message: 'Source {source} is measured every {sourceStep} and cannot be read every {step}',
    action: 'Set forecast.step to a whole multiple of {sourceStep}',
  },
  SOURCE_ANSWER_INVALID: {
    status: 502,
    message: 'Source {source} gave an answer at {url} that cannot be understood: {problem}',
    action: 'Check that the url of source {source} leads to what its type says, and past any login page',
  },
  SOURCE_ANSWER_TOO_LARGE: {
    status: 502,
    message: 'Source {source} gave an answer at {url} that is too large: {problem}',
    action: 'Aggregate in the query, or ask for a shorter history or a longer step',
  },
  SOURCE_FILE_UNREADABLE: {
    status: 502,
    message: 'Source {source} cannot be read: {problem}',
    action: 'Correct the file; it is read again as soon as it changes',
  },
  SOURCE_SECRET_MISSING: {
    status: 503,
    message: 'Source {source} needs the environment variable {variable}, which is not set',
    action: 'Set {variable} for the process that runs Headroom and start it again',
  },
  SOURCE_SECRET_INVALID: {
    status: 503,
    message: 'Source {source} cannot send what the environment variable {variable} holds: {problem}',
    action: 'Set {variable} to the bare secret, without quotes, blanks or line breaks',
  },
  SOURCE_SETTINGS_INVALID: {
    status: 503,
    message: 'Source {source} is not set up rightly: {problem}',
    action: 'Correct the entry of source {source} in the workloads file',
  },
  SOURCE_BUSY: {
    status: 503,
    message: 'Source {source} has {waiting} queries waiting already',
    action: 'Wait; if it stays so, the source is too slow for the number of its workloads',
  },
  SOURCE_CLOSED: {
    status: 503,
    message: 'Source {source} is closed',
    action: 'Ask again: the configuration was just reloaded, or Headroom is stopping',
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;

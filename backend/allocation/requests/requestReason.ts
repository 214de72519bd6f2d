import type { Reason, RequestAdvice } from '../../../contract/index.ts';
import { quantityWords, spanWords } from '../words.ts';

/** What one replica should request, whether what it has now should change, and on what that rests. */
export function requestReason(
  { resource, kind, unit, target, lowerBound, upperBound, offered }: RequestAdvice,
  days: number
): Reason {
  const words = (value: number) => quantityWords(value, unit);
  const basis =
    kind === 'cpu'
      ? '15 % above what it uses nine times in ten'
      : '15 % above the peak measured or foreseen, since memory kills where it is missing';
  const isOutside = offered !== null && (offered < lowerBound || offered > upperBound);
  const change =
    offered === null
      ? ''
      : isOutside
        ? `; the ${words(offered)} it has now lie outside and are worth changing`
        : `; the ${words(offered)} it has now lie within and need no change`;
  return {
    code: `request-${kind}`,
    text: `One replica should request ${words(target)} of ${resource}: ${basis}, by ${spanWords(days * 86_400)} of history and the plan; from ${words(lowerBound)} to ${words(upperBound)} nothing need be changed${change}`,
    values: { target, lowerBound, upperBound, days, ...(offered === null ? {} : { offered }) },
  };
}

/** Why nothing is said of a replica's request. */
export function requestUnknownReason(resource: string, measuredSeconds: number, isUnmeasured: boolean): Reason {
  const known = measuredSeconds === 0 ? 'nothing' : `only ${spanWords(measuredSeconds)}`;
  return {
    code: 'request-unknown',
    text: isUnmeasured
      ? `What one replica should request of ${resource} is not known: its use was not measured`
      : `What one replica should request of ${resource} is not known yet: ${known} of its use was measured together with the replicas; a day is needed`,
    values: { measuredSeconds },
  };
}

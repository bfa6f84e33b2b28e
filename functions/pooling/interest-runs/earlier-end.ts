import type { EarlierEnd, InterestRun } from './interest-run.ts';

/** The end of a run, with the first of those on end that came to the same. */
export function sameEndSince(run: InterestRun): EarlierEnd {
  const { round, attempt, endedBefore } = run;
  const end = endOf(run);
  return endedBefore?.end === end ? endedBefore : { end, round, attempt };
}

/**
 * What a run came to, in a few words: two ends that are alike here tell the same. The detail of what the ledger refused is not
 * in it, since that may name a balance, which moves.
 */
function endOf({ status, problem, ended }: Pick<InterestRun, 'status' | 'problem' | 'ended'>): string {
  if (ended) return [status, ended.posted, ended.failed, ended.refusal?.code ?? ''].join(' ');
  return [status, problem?.code ?? '', problem?.detail ?? ''].join(' ');
}

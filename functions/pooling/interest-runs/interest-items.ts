import type { Plain } from '../../../shared/dynamo/items.ts';
import { factsOf } from '../items.ts';
import { interestRunsOf, keys, openShard, place, settlementsOf } from '../keys.ts';
import type { ComputedLines, ComputedPeriod, InterestRun } from './interest-run.ts';
import type { InterestTerms, MemberTerms, PoolTerms, Share, TermsContent } from './interest-terms.ts';
import type { DueSettlement } from './settlement.ts';

/** Interest runs, periods and terms as plain objects ↔ the model. */

/** Where the interest of an owner lies: its terms, the periods computed, and which was the last. */
export const interestKeys = {
  ledgerOf: (tenant: string, ownerId: string) => keys.terms(tenant, ownerId).pk,
  head: (tenant: string, ownerId: string) => ({ pk: interestKeys.ledgerOf(tenant, ownerId), sk: 'HEAD' }),
  version: (tenant: string, ownerId: string, version: number) => ({
    pk: interestKeys.ledgerOf(tenant, ownerId),
    sk: `VERSION#${place(version)}`,
  }),
  /** One for each account with an agreed deposit, to list them by. */
  deposit: (tenant: string, accountId: string) => ({ pk: `${tenant}#DEPOSITS`, sk: accountId }),
  /** Blocks of one version; nothing names them before the version does. */
  termsBlocks: (where: string) => `BLOCK#${where}#`,
  /** What waits for the next settlement day. */
  settlement: (tenant: string, ownerId: string) => ({
    pk: interestKeys.ledgerOf(tenant, ownerId),
    sk: 'SETTLEMENT',
  }),
  period: (from: string) => `PERIOD#${from}`,
  bearers: (block: number) => `B#${place(block)}`,
  outcomes: (block: number) => `O#${place(block)}#`,
  start: (tenant: string, run: Pick<InterestRun, 'id' | 'round' | 'attempt'>) => ({
    pk: keys.interestRun(tenant, run.id).pk,
    sk: `START#${place(run.round)}#${place(run.attempt)}`,
  }),
} as const;

/** Whether there is something left to do for it now; PARTIAL and FAILED wait to be asked for again. */
export function isUnderWay({ status }: Pick<InterestRun, 'status'>): boolean {
  return status === 'COMPUTING' || status === 'COMPUTED';
}

/** A run's item. While it is under way it stands in the index of open work. */
export function interestRunToPlain(run: InterestRun): Plain {
  const { tenant, id, ownerId, from, changedAt } = run;
  return {
    ...keys.interestRun(tenant, id),
    kind: 'INTEREST_RUN',
    ...run,
    runsOf: interestRunsOf(tenant, ownerId),
    runAt: `${from}#${id}`,
    ...(isUnderWay(run) && { timeOf: openShard(id), timeAt: changedAt }),
  };
}

/** What the stream carries out when a run is begun again: its item can be inserted only once. */
export function interestStartToPlain(run: InterestRun): Plain {
  return { ...interestKeys.start(run.tenant, run), kind: 'INTEREST_RUN', ...run };
}

export function interestRunFromPlain(plain: Plain): InterestRun {
  const run = factsOf(plain) as unknown as InterestRun;
  const { computed, ended, endedBefore } = run;
  return {
    ...run,
    termsVersion: Number(run.termsVersion),
    round: Number(run.round),
    attempt: Number(run.attempt),
    // A run that was stored before settlement days were known has none.
    startedBy: run.startedBy ?? 'HAND',
    ...(computed && { computed: computedFromPlain(computed) }),
    ...(endedBefore && {
      endedBefore: { ...endedBefore, round: Number(endedBefore.round), attempt: Number(endedBefore.attempt) },
    }),
    ...(ended && {
      ended: { ...ended, posted: Number(ended.posted), failed: Number(ended.failed), zero: Number(ended.zero) },
    }),
  };
}

function computedFromPlain(computed: ComputedLines): ComputedLines {
  return { ...computed, lines: Number(computed.lines), blocks: Number(computed.blocks) };
}

/** The period of a run whose lines are fixed. */
export function periodToPlain(run: InterestRun, computed: ComputedLines): Plain {
  const { tenant, id: runId, ownerId, from, to, termsVersion } = run;
  const key = { pk: interestKeys.ledgerOf(tenant, ownerId), sk: interestKeys.period(from) };
  return { ...key, kind: 'INTEREST_PERIOD', runId, from, to, termsVersion, computed };
}

export function periodFromPlain(plain: Plain): ComputedPeriod {
  const { runId, from, to, termsVersion, computed } = plain as unknown as ComputedPeriod;
  return { runId, from, to, termsVersion: Number(termsVersion), computed: computedFromPlain(computed) };
}

/** Terms as records that are small each: what is said once, then members and shares. */
export function termsRecords(content: TermsContent): unknown[] {
  if (content.kind === 'DEPOSIT') return [content];
  const { members, allocation, ...rest } = content;
  const { shares = [], ...method } = allocation ?? {};
  return [
    { ...rest, ...(allocation && { allocation: method }) },
    ...members.map((member) => ({ member })),
    ...shares.map((share) => ({ share })),
  ];
}

interface TermsRecord {
  readonly member?: MemberTerms;
  readonly share?: Share;
}

export function termsFromRecords([first, ...others]: readonly unknown[]): TermsContent {
  const content = first as TermsContent;
  if (content.kind === 'DEPOSIT') return content;
  const records = others as readonly TermsRecord[];
  const members = records.flatMap(({ member }) => member ?? []);
  const shares = records.flatMap(({ share }) => share ?? []);
  const allocation = content.allocation && {
    allocation: { ...content.allocation, ...(shares.length > 0 && { shares }) },
  };
  return { ...(content as PoolTerms), members, ...allocation };
}

/** The item that names a version of the terms; the current one stands under a key of its own as well. */
export function versionToPlain(
  { tenant, ownerId, version, setAt, cause }: InterestTerms,
  where: string,
  key: { readonly pk: string; readonly sk: string },
): Plain {
  return { ...key, kind: 'INTEREST_TERMS', tenant, ownerId, version, where, setAt, cause };
}

/** What waits for a settlement day, in an index of its own. */
export function settlementToPlain({ lookAt, ...due }: DueSettlement): Plain {
  const { tenant, ownerId } = due;
  const listed = { timeOf: settlementsOf, timeAt: lookAt };
  return { ...interestKeys.settlement(tenant, ownerId), kind: 'SETTLEMENT', ...due, ...listed };
}

export function settlementFromPlain(plain: Plain): DueSettlement {
  const due = factsOf(plain) as unknown as DueSettlement;
  const { settlementDay, termsVersion, revision, unsettled } = due;
  return {
    ...due,
    settlementDay: { ...settlementDay, day: Number(settlementDay.day) },
    termsVersion: Number(termsVersion),
    revision: Number(revision),
    lookAt: String(plain.timeAt),
    ...(unsettled && {
      unsettled: { ...unsettled, attempt: Number(unsettled.attempt), failed: Number(unsettled.failed) },
    }),
  };
}

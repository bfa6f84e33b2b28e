import { toEvents } from '../../../../functions/netting/events.ts';
import type { Obligation } from '../../../../functions/netting/obligations/obligation.ts';
import { obligationToPlain } from '../../../../functions/netting/obligations/obligation-items.ts';
import { withNews } from '../../../../functions/netting/obligations/obligation-news.ts';
import type { ToldPage, ToldRow } from '../../../../functions/netting/telling/telling.ts';
import { pageToPlain } from '../../../../functions/netting/telling/telling-items.ts';
import { fromItem, type Plain, toItem } from '../../../../shared/dynamo/items.ts';
import type { DomainEvent } from '../../../../shared/events/event.ts';
import { anObligation, at, cause } from '../intake-samples.ts';

/** Events as netting makes them of its own items, and as the bus carries them: as JSON. */

const stored = (plain: Plain) => fromItem(toItem(plain));

export const tuesday = 'cyc_group_2026-03-31';
export const wednesday = 'cyc_group_2026-04-01';

/** What one is told of: 120.00 yuan unless told. */
export function aRow(source: ToldPage['source'], subject: string, amount = 12_000n, revision = 1): ToldRow {
  return { subject, reference: `${source}/${subject}`, amount, currency: 'CNY', revision };
}

interface Told {
  readonly tenant?: string;
  readonly cycleId?: string;
  readonly name?: string;
  /** Of each obligation; the first unless told. */
  readonly revision?: number;
}

/** That a cycle has paid what some subjects of a source came to; Tuesday's unless told. */
export function settledEvent(
  source: ToldPage['source'],
  rows: readonly (readonly [subject: string, amount: bigint])[],
  told: Told = {},
): DomainEvent {
  return pageEvent('SETTLED', source, rows, told);
}

/** That a cycle is to pay payouts that did not go. */
export function cutOffEvent(subjects: readonly string[], told: Told = {}): DomainEvent {
  return pageEvent(
    'CUT_OFF',
    'PAYOUTS',
    subjects.map((subject) => [subject, 10_000n]),
    told,
  );
}

function pageEvent(
  kind: ToldPage['telling']['kind'],
  source: ToldPage['source'],
  rows: readonly (readonly [subject: string, amount: bigint])[],
  { tenant = 'demo', cycleId = tuesday, name = '1-0', revision = 1 }: Told,
): DomainEvent {
  const page: ToldPage = {
    ...{ telling: { tenant, cycleId, kind, changedAt: at, cause }, name, source, valueDate: '2026-04-02' },
    rows: rows.map(([subject, amount]) => aRow(source, subject, amount, revision)),
  };
  return only(toEvents({ kind: 'INSERT', item: stored(pageToPlain(page)) }));
}

/** That an obligation which came of a source went from one cycle to another. */
export function movedEvent(
  source: ToldPage['source'],
  subject: string,
  { tenant = 'demo', from = tuesday, to = wednesday }: { tenant?: string; from?: string; to?: string } = {},
): DomainEvent {
  const origin = { source, version: 1, owed: 12_000n };
  const of: Partial<Obligation> = { tenant, reference: `${source}/${subject}`, origin };
  const before = anObligation({ ...of, cycleId: from });
  const after = withNews(anObligation({ ...of, cycleId: to, movedFrom: from, revision: 2 }), before);
  return ofObligation(after, before);
}

/** That a cycle pays nothing of what came of a source: it is owed no more. Of the second revision unless told. */
export function withdrawnEvent(
  source: ToldPage['source'],
  subject: string,
  { tenant = 'demo', cycleId = tuesday, revision = 2 }: Told = {},
): DomainEvent {
  const origin = { source, version: 1, owed: 12_000n };
  const of: Partial<Obligation> = { tenant, cycleId, reference: `${source}/${subject}` };
  const before = anObligation({ ...of, origin, revision: revision - 1 });
  const ended: Partial<Obligation> = { state: 'WITHDRAWN', origin: { ...origin, version: 2, owed: 0n } };
  return ofObligation(withNews(anObligation({ ...of, ...ended, revision }), before), before);
}

function ofObligation(after: Obligation, before: Obligation): DomainEvent {
  const [item, previous] = [stored(obligationToPlain(after)), stored(obligationToPlain(before))];
  return only(toEvents({ kind: 'MODIFY', item, previous }));
}

function only(events: readonly DomainEvent[]): DomainEvent {
  const [event] = JSON.parse(JSON.stringify(events)) as DomainEvent[];
  if (!event || events.length > 1) throw new Error(`One event was to be told, and there are ${events.length}.`);
  return event;
}

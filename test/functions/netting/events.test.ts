import { describe, expect, it } from 'vitest';
import { centreToPlain } from '../../../functions/netting/centres/centre-items.ts';
import { cycleToPlain, gateToPlain } from '../../../functions/netting/cycles/cycle-items.ts';
import { toEvents } from '../../../functions/netting/events.ts';
import { obligationFromPlain, obligationToPlain } from '../../../functions/netting/obligations/obligation-items.ts';
import { paymentFromPlain, paymentToPlain } from '../../../functions/netting/queued-payments/queue-items.ts';
import { noFigures, type Resolution } from '../../../functions/netting/resolutions/resolution.ts';
import {
  headFromPlain,
  headToPlain,
  resolutionFromPlain,
  resolutionToPlain,
} from '../../../functions/netting/resolutions/resolution-items.ts';
import { service } from '../../../functions/netting/service.ts';
import { fromItem, type Plain, toItem } from '../../../shared/dynamo/items.ts';
import { itemBytes } from '../../../shared/dynamo/write-units.ts';
import { aCentre, aCycle, anObligation, at } from './intake-samples.ts';
import { aKeptPayment, aResolution } from './queue-samples.ts';

const stored = (plain: Plain) => fromItem(toItem(plain));
const tell = (plain: Plain, previous?: Plain) =>
  toEvents({
    kind: previous ? 'MODIFY' : 'INSERT',
    item: stored(plain),
    ...(previous && { previous: stored(previous) }),
  });
const typesOf = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type.slice(8, -3));
const dispute = { reason: '金额不符', since: at, wasConfirmed: false };

describe('the events of netting', () => {
  it('tell of centres and cycles, each once by its version; of gates nothing', () => {
    const told = [
      ...tell(centreToPlain(aCentre())),
      ...tell(centreToPlain(aCentre({ revision: 2 }))),
      ...tell(cycleToPlain(aCycle())),
      ...tell(cycleToPlain(aCycle({ state: 'CONFIRMING', cutAt: at, revision: 2 }))),
      ...tell(gateToPlain(aCycle(), 3, 'OPEN')),
    ];
    expect(typesOf(told)).toEqual(['centre-created', 'centre-changed', 'cycle-opened', 'cycle-cut-off']);
    expect(new Set(told.map(({ id }) => id)).size).toBe(4);
    const published = (service.publishes ?? []).map(({ type }) => type);
    for (const { type } of told) expect(published).toContain(type);
  });

  it('tell what becomes of an obligation, with its amount as text', () => {
    const before = obligationToPlain(anObligation());
    const disputed = obligationToPlain(anObligation({ state: 'DISPUTED', dispute, revision: 2 }));
    const told = [
      ...tell(before),
      ...tell(obligationToPlain(anObligation({ state: 'CONFIRMED', revision: 2 })), before),
      ...tell(disputed, before),
      ...tell(obligationToPlain(anObligation({ revision: 3 })), disputed),
      ...tell(obligationToPlain(anObligation({ state: 'WITHDRAWN', revision: 3 })), disputed),
    ];
    const names = ['recorded', 'confirmed', 'disputed', 'resolved', 'withdrawn'].map((name) => `obligation-${name}`);
    expect(typesOf(told)).toEqual(names);
    expect(told[0]).toMatchObject({
      subject: 'obl_1',
      occurredAt: at,
      data: { amount: { amount: '120.00', currency: 'CNY' } },
    });
    const published = (service.publishes ?? []).map(({ type }) => type);
    for (const { type } of told) expect(published).toContain(type);
  });
});

describe('the events of queues', () => {
  const payment = aKeptPayment();
  const resolution = aResolution();

  it('tell what becomes of a payment, and how a resolution goes on, each once', () => {
    const queued = paymentToPlain(payment);
    const started = resolutionToPlain(resolution);
    const settling = resolutionToPlain({ ...resolution, state: 'SETTLING', revision: 2 });
    const told = [
      ...tell(queued),
      ...tell(paymentToPlain({ ...payment, state: 'SETTLED', resolutionId: resolution.id, revision: 2 }), queued),
      ...tell(paymentToPlain({ ...payment, state: 'WITHDRAWN', revision: 2 }), queued),
      ...tell(started),
      ...tell(settling, started),
      ...tell(resolutionToPlain({ ...resolution, turn: 1, state: 'SETTLING', revision: 3 }), settling),
      ...tell(resolutionToPlain({ ...resolution, turn: 1, state: 'ENDED', revision: 4 }), settling),
    ];
    expect(typesOf(told)).toEqual([
      ...['payment-queued', 'payment-settled', 'payment-withdrawn'],
      ...['resolution-started', 'resolution-handed-on', 'resolution-ended'],
    ]);
    expect(told[1]).toMatchObject({
      ...{ subject: payment.id, tenant: 'demo' },
      data: { amount: { amount: '1.00', currency: 'CNY' }, resolutionId: resolution.id },
    });
    const published = (service.publishes ?? []).map(({ type }) => type);
    for (const { type } of told) expect(published).toContain(type);
  });

  it('come from items that come back as they were', () => {
    expect(paymentFromPlain(stored(paymentToPlain(payment)))).toEqual(payment);
    const list = { name: 'lst_1', blocks: 2 };
    const whole: Resolution = {
      ...{
        ...resolution,
        decision: { sets: list, parties: list, waiting: list, hasMore: true },
        settled: [list],
        waiting: list,
      },
      ...{
        barred: [{ participant: 'A', detail: 'no' }],
        figures: { ...noFigures, settledPayments: 3, movedAmount: 7n },
      },
    };
    expect(resolutionFromPlain(stored(resolutionToPlain(whole)))).toEqual(whole);
    const head = { revision: 3, resolutionId: 'qrs_1', day: { date: '2026-03-31', resolutionId: 'qrs_0', sums: list } };
    const queue = { centreId: 'ctr_group', currency: 'CNY' };
    expect(headFromPlain(stored(headToPlain('demo', queue, head)))).toEqual(head);
    expect(headFromPlain(undefined)).toEqual({ revision: 0 });
  });

  it('have payments under 1 KB, with the longest of their texts in Chinese, settled too', () => {
    const long = aKeptPayment({
      ...{ reference: '付'.repeat(64), description: '款'.repeat(80), payer: 'A'.repeat(40), payee: 'B'.repeat(40) },
      ...{ amount: 10n ** 17n + 1n, state: 'SETTLED', resolutionId: `qrs_${'0'.repeat(26)}`, revision: 2 },
      cause: { client: 'treasury-system', role: 'treasurer', requestId: crypto.randomUUID() },
    });
    expect(itemBytes(toItem(paymentToPlain(long)))).toBeLessThan(1_024);
  });
});

describe('of an obligation that came of events', () => {
  const origin = { source: 'INVOICES' as const, version: 1, owed: 12_000n };
  const told = { reference: 'INVOICES/inv_1', origin };
  const one = (more: object = {}) => obligationToPlain(anObligation({ ...told, ...more }));
  const noted = (version: number, owed: bigint, more: object = {}) =>
    one({ revision: version, origin: { ...origin, version, owed }, ...more });

  it('is told what it came of, and that something else is owed by it', () => {
    const [event] = tell(one());
    expect(event?.data).toMatchObject({
      origin: { source: 'INVOICES', subject: 'inv_1', owed: { amount: '120.00', currency: 'CNY' }, overtaken: false },
    });
    const less = noted(2, 7_000n, { amount: 7_000n });
    const gone = noted(3, 0n, { amount: 7_000n, state: 'WITHDRAWN' });
    const again = noted(4, 7_000n, { amount: 7_000n });
    const events = [...tell(less, one()), ...tell(gone, less), ...tell(again, gone)];
    expect(typesOf(events)).toEqual(['obligation-changed', 'obligation-withdrawn', 'obligation-changed']);
  });

  it('is told, with what is owed by now, that its cycle did not take the change', () => {
    const [event, ...others] = tell(noted(2, 0n), one());
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      type: 'netting.obligation-overtaken.v1',
      data: {
        state: 'UNCONFIRMED',
        amount: { amount: '120.00' },
        origin: { owed: { amount: '0.00' }, overtaken: true },
      },
    });
    const published = (service.publishes ?? []).map(({ type }) => type);
    expect(published).toContain(event?.type);
    expect(published).toContain('netting.obligation-changed.v1');
  });

  it('is told nothing where it was told of again, or was owed no more from the beginning', () => {
    expect(tell(noted(2, 12_000n), one())).toEqual([]);
    expect(tell(noted(1, 0n, { state: 'WITHDRAWN', amount: 0n }))).toEqual([]);
  });

  it('the item comes back as it was, and is under 1 KB', () => {
    const disputed = anObligation({
      ...{ reference: `POOL_LOANS/dln_${'0'.repeat(26)}`, payer: 'YUDAO-CHENGDU', payee: 'YUDAO-SHANGHAI' },
      ...{ id: `obl_${'0'.repeat(26)}`, description: '合同 HT-2026-0815', lateFor: 'cyc_group_2026-03-30' },
      ...{ amount: 123_456_789_012n, state: 'DISPUTED', dispute, revision: 9 },
      origin: { source: 'POOL_LOANS', version: 12, owed: 123_456_789_012n, disputed: true },
      cause: { client: 'treasury-system', role: 'treasurer', requestId: crypto.randomUUID() },
    });
    expect(obligationFromPlain(stored(obligationToPlain(disputed)))).toEqual(disputed);
    expect(itemBytes(toItem(obligationToPlain(disputed)))).toBeLessThan(1_024);
  });
});

describe('the item of an obligation', () => {
  it('comes back as it was', () => {
    const obligation = anObligation({
      state: 'DISPUTED',
      dispute,
      lateFor: 'cyc_group_2026-03-30',
      description: '服务费',
    });
    expect(obligationFromPlain(stored(obligationToPlain(obligation)))).toEqual(obligation);
  });

  it('is under 1 KB in its usual form, in dispute too', () => {
    const obligation = anObligation({
      ...{
        id: `obl_${'0'.repeat(26)}`,
        reference: 'IC-2026-000000042',
        payer: 'YUDAO-CHENGDU',
        payee: 'YUDAO-SHANGHAI',
      },
      ...{ description: '2026-03 服务费 合同 HT-2026-0815', amount: 123_456_789_012n, lateFor: 'cyc_group_2026-03-30' },
      ...{ cause: { client: 'treasury-system', role: 'treasurer', requestId: crypto.randomUUID() } },
      ...{ state: 'DISPUTED', dispute },
    });
    expect(itemBytes(toItem(obligationToPlain(obligation)))).toBeLessThan(1_024);
  });
});

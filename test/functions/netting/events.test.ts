import { describe, expect, it } from 'vitest';
import type { BankPayment } from '../../../functions/netting/bank-payments/bank-payment.ts';
import { bankPaymentToPlain } from '../../../functions/netting/bank-payments/bank-payment-items.ts';
import { centreToPlain } from '../../../functions/netting/centres/centre-items.ts';
import { cycleIdOf } from '../../../functions/netting/cycles/cycle.ts';
import { cycleToPlain, gateToPlain } from '../../../functions/netting/cycles/cycle-items.ts';
import { toEvents } from '../../../functions/netting/events.ts';
import type { Obligation } from '../../../functions/netting/obligations/obligation.ts';
import { obligationFromPlain, obligationToPlain } from '../../../functions/netting/obligations/obligation-items.ts';
import { withNews } from '../../../functions/netting/obligations/obligation-news.ts';
import { lineIn } from '../../../functions/netting/obligations/obligation-shapes.ts';
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
    const before = withNews(anObligation());
    const disputed = withNews(anObligation({ state: 'DISPUTED', dispute, revision: 2 }), before);
    const moved = { cycleId: 'cyc_group_2026-04-01', movedFrom: before.cycleId, revision: 2 };
    // Each from its item alone, as when it is published again.
    const told = [
      before,
      withNews(anObligation({ state: 'CONFIRMED', revision: 2 }), before),
      disputed,
      withNews(anObligation({ revision: 3 }), disputed),
      withNews(anObligation({ state: 'CONFIRMED', revision: 3 }), disputed),
      withNews(anObligation({ state: 'WITHDRAWN', revision: 3 }), disputed),
      withNews(anObligation(moved), before),
    ].flatMap((one) => tell(obligationToPlain(one)));
    const resolved = ['resolved', 'resolved'];
    const names = ['recorded', 'confirmed', 'disputed', ...resolved, 'withdrawn', 'moved'].map(
      (name) => `obligation-${name}`,
    );
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

describe('the events of payments by banks', () => {
  const attempt = { id: 'N1-1', amount: 60n, askedOn: '2026-04-02', state: 'RETURNED' } as const;
  const back = (amount: bigint) => ({ on: '2026-04-02', amount });
  const payment = (attempts: BankPayment['attempts'], revision: number): BankPayment => ({
    ...{ tenant: 'demo', id: 'nbp_1', centreId: 'ctr_group', cycleId: 'cyc_group_2026-03-31', leg: 0, block: 0 },
    ...{ payer: 'B', participant: 'C', currency: 'CNY', amount: 60n, attempts, turn: 1, revision },
    ...{ positionAccountId: 'acc_position', bankAccountId: 'acc_bank' },
    ...{ createdAt: at, changedAt: at, cause: aCycle().cause },
  });

  it('tell that more of an earlier try came back while a later one is on its way', () => {
    const again = { ...attempt, id: 'N1-2', amount: 10n, state: 'SENT' } as const;
    const before = payment([{ ...attempt, returns: [back(10n)] }, again], 3);
    const after = payment([{ ...attempt, returns: [back(10n), back(5n)] }, again], 4);
    const plain = bankPaymentToPlain;
    expect(typesOf(tell(plain(after), plain(before)))).toEqual(['bank-payment-returned']);
    const paid = payment([...before.attempts.slice(0, 1), { ...again, state: 'PAID' }], 4);
    expect(typesOf(tell(plain(paid), plain(before)))).toEqual(['bank-payment-paid']);
    expect(tell(plain(payment(before.attempts, 4)), plain(before))).toEqual([]);
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
  const one = (more: object = {}) => anObligation({ ...told, ...more });
  const noted = (version: number, owed: bigint, more: object = {}) =>
    one({ revision: version, origin: { ...origin, version, owed }, ...more });

  const news = (next: Obligation, before?: Obligation) => tell(obligationToPlain(withNews(next, before)));

  it('is told what it came of, and that something else is owed by it', () => {
    const [event] = news(one());
    expect(event?.data).toMatchObject({
      origin: { source: 'INVOICES', subject: 'inv_1', owed: { amount: '120.00', currency: 'CNY' }, overtaken: false },
    });
    const less = noted(2, 7_000n, { amount: 7_000n });
    const gone = noted(3, 0n, { amount: 7_000n, state: 'WITHDRAWN' });
    const again = noted(4, 7_000n, { amount: 7_000n });
    const events = [...news(less, one()), ...news(gone, less), ...news(again, gone)];
    expect(typesOf(events)).toEqual(['obligation-changed', 'obligation-withdrawn', 'obligation-changed']);
  });

  it('is told, with what is owed by now, that its cycle did not take the change', () => {
    const [event, ...others] = news(noted(2, 0n), one());
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
    expect(news(noted(2, 12_000n), withNews(one()))).toEqual([]);
    expect(news(noted(1, 0n, { state: 'WITHDRAWN', amount: 0n }))).toEqual([]);
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

  it('is under 1 KB with the longest of its texts in Chinese, disputed and moved too, and of events', () => {
    const cause = { client: 'treasury-of-the-whole-group', role: 'treasurer', requestId: crypto.randomUUID() };
    const centreId = `ctr_${'g'.repeat(40)}`;
    const asked = { payer: 'P'.repeat(40), payee: 'Q'.repeat(40), description: '服'.repeat(53) };
    const longest = withNews(
      anObligation({
        ...{ tenant: 'tenant-0123456789', id: `obl_${'0'.repeat(26)}`, centreId, ...asked, reference: '参'.repeat(42) },
        ...{ cycleId: cycleIdOf(centreId, '2026-03-31'), movedFrom: cycleIdOf(centreId, '2026-03-30'), gate: 15 },
        ...{ state: 'DISPUTED', dispute: { reason: '金'.repeat(46), since: at, wasConfirmed: true } },
        ...{ amount: 10n ** 17n + 1n, revision: 12, cause },
      }),
      anObligation({ cycleId: 'cyc_group_2026-03-30' }),
    );
    expect(
      lineIn.safeParse({ ...asked, reference: longest.reference, amount: { amount: '1', currency: 'CNY' } }).success,
    ).toBe(true);
    const ofEvents = {
      ...{ ...longest, reference: `POOL_LOANS/${'0'.repeat(53)}` },
      origin: { source: 'POOL_LOANS' as const, version: 1_234_567, owed: 10n ** 17n + 1n, disputed: true as const },
    };
    for (const one of [longest, ofEvents]) {
      expect(obligationFromPlain(stored(obligationToPlain(one)))).toEqual(one);
      expect(itemBytes(toItem(obligationToPlain(one)))).toBeLessThan(1_024);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { service } from '../../../../functions/netting/service.ts';
import { readEvent, toldTypes } from '../../../../functions/netting/told/read-event.ts';
import { latestOf, referenceOf } from '../../../../functions/netting/told/told.ts';
import { customerIdOf } from '../../../../functions/receivables/keys.ts';
import type { PayoutLine } from '../../../../functions/settlement/settlements/settlement.ts';
import { someEvent } from '../../../support/events.ts';
import { entity } from '../../receivables/samples.ts';
import { aPayoutLine } from '../../settlement/settlements/samples.ts';
import { invoiceEvent, loanEvent, movementEvents, settlementEvent } from './publishers.ts';

describe('an intercompany invoice', () => {
  it('is what the customer owes the legal entity, on its due day', () => {
    const event = invoiceEvent();
    expect(event.type).toBe('receivables.invoice-issued.v1');
    expect(readEvent(event)).toMatchObject({
      ...{ source: 'INVOICES', subject: event.subject, version: 1, date: '2026-04-01', description: 'FP-2026-0001' },
      ...{ owed: 100_000n, currency: 'CNY', toldAt: event.occurredAt, cause: event.actor },
      payer: { as: 'CUSTOMER', value: customerIdOf('demo', 'K-1') },
      payee: { as: 'LEGAL_ENTITY', value: entity },
    });
  });

  const dispute = { reason: '数量不符'.repeat(20), since: '2026-03-31T02:00:00.000Z' };
  it.each([
    ['open in part', 'open-changed', { cleared: 30_000n }, {}, { owed: 70_000n }],
    ['credited in part', 'open-changed', { credited: 1n }, {}, { owed: 99_999n }],
    ['written off', 'open-changed', { writtenOff: 100_000n }, {}, { owed: 0n }],
    ['paid', 'paid', { cleared: 100_000n }, {}, { owed: 0n }],
    ['open again', 'reopened', {}, { cleared: 100_000n }, { owed: 100_000n }],
    [
      'disputed, in no more words than an obligation has',
      'disputed',
      { dispute },
      {},
      { dispute: `${'数量不符'.repeat(11)}数量` },
    ],
    ['disputed no more', 'dispute-resolved', {}, { dispute }, { owed: 100_000n }],
  ])('that is %s is owed as far as it is open', (_, name, after, before, told) => {
    const event = invoiceEvent({ ...after, revision: 2 }, before);
    expect(event.type).toBe(`receivables.invoice-${name}.v1`);
    expect(readEvent(event)).toMatchObject({ version: 2, ...told });
  });
});

describe('a loan that falls due', () => {
  it('is what the borrower owes the lender, on the last day of its contract', () => {
    expect(readEvent(loanEvent({ revision: 3, outstanding: 123n }))).toMatchObject({
      ...{ source: 'POOL_LOANS', subject: 'dln_1', version: 3, date: '2026-03-31', description: 'WD-2026', owed: 123n },
      payer: { as: 'POOL_ENTITY', value: '乙公司' },
      payee: { as: 'POOL_ENTITY', value: '甲公司' },
    });
  });
});

describe('a payout that did not go', () => {
  const sent = aPayoutLine();
  const line = (state: PayoutLine['state'], more: Partial<PayoutLine> = {}) => [aPayoutLine({ state, ...more })];
  const partly = { returns: [{ on: '2025-09-29', amount: 2_500n }] };
  it.each([
    ['waits for funds', 'payout-waiting', line('PENDING_FUNDS'), 10_000n],
    ['failed', 'payout-failed', line('FAILED'), 10_000n],
    ['came back', 'payout-returned', line('RETURNED'), 10_000n],
    ['came back in part', 'payout-returned', line('RETURNED', partly), 2_500n],
    ['is due again', 'payout-retried', [...line('FAILED'), aPayoutLine({ id: 'p2', state: 'DUE' })], 0n],
    ['waits and is asked for again', 'payout-retried', line('DUE', { isRetry: true, attempt: 2 }), 10_000n],
    ['was held and is asked for', 'payout-retried', line('DUE', { isRetry: true }), 0n],
    ['is on its way at last', 'payout-sending', line('SENDING', { isRetry: true }), 0n],
    ['was paid when it was tried again', 'settlement-paid', line('PAID', { isRetry: true }), 0n],
    ['failed again', 'payout-failed', [...line('FAILED'), aPayoutLine({ id: 'p2', state: 'FAILED' })], 10_000n],
    ['went at last', 'settlement-paid', [...line('FAILED'), aPayoutLine({ id: 'p2', state: 'PAID' })], 0n],
  ])('and %s is owed by the market to the merchant as far as it is not on its way', (_, name, payouts, owed) => {
    // It changes one line at a time.
    const before = payouts.length > 1 ? payouts.slice(0, -1) : [sent];
    const event = settlementEvent({ payouts, revision: 2 }, { payouts: before });
    expect(event.type).toBe(`settlement.${name}.v1`);
    expect(readEvent(event)).toMatchObject({
      ...{ source: 'PAYOUTS', version: 2, owed, currency: 'CNY', description: 'mer_teahouse 2025-09-28' },
      payer: { as: 'MARKET', value: 'mkt_chengdu' },
      payee: { as: 'MERCHANT', value: 'mer_teahouse' },
    });
    expect(readEvent(event)).not.toHaveProperty('date');
  });

  it('and went the first time was never owed by way of a centre', () => {
    const event = settlementEvent({ payouts: line('PAID'), revision: 2 }, { payouts: [sent] });
    expect(event.type).toBe('settlement.settlement-paid.v1');
    expect(readEvent(event)).toBeUndefined();
    // A day that adds up at last is about to be paid: what it tells is of that, and not of a payout that did not go.
    const mismatch = { state: 'MISMATCH' as const, payouts: [], payout: 0n };
    const proved = settlementEvent({ ...mismatch, revision: 2, provedAt: '2025-09-29T02:00:00.000Z' }, mismatch);
    expect([proved.type, readEvent(proved)]).toEqual(['settlement.payout-retried.v1', undefined]);
  });

  it('of a suspended merchant is nobody’s to be paid', () => {
    const event = settlementEvent({ payouts: line('FAILED'), revision: 2 }, { payouts: [sent] });
    const data = event.data as { payouts: object[] };
    const held = { ...event, data: { ...data, payouts: [{ ...data.payouts[0], state: 'HELD' }] } };
    expect(readEvent(held)).toMatchObject({ owed: 0n });
  });
});

describe('a collection for others', () => {
  it('is owed by each movement by itself: what came to whom it is for, what went back the other way', () => {
    const [came, back] = movementEvents([{}, { settled: 100_000n }, { settled: 100_000n, returned: 40_000n }]);
    if (!came || !back) throw new Error('Two movements were to be told.');
    const shared = { source: 'COLLECTIONS', version: 1, beneficiary: 'SHOP-7', orderId: 'o1', currency: 'CNY' };
    expect(readEvent(came)).toMatchObject({ ...shared, subject: 'o1-S0', owed: 100_000n, wentBack: false });
    expect(readEvent(back)).toMatchObject({ ...shared, subject: 'o1-R0', owed: 40_000n, wentBack: true });
  });

  it('is none where no reference says for whom', () => {
    const [came] = movementEvents([{}, { settled: 1n }], { references: { contract: 'HT-1' } });
    expect(came && readEvent(came)).toBeUndefined();
  });
});

describe('what is told', () => {
  it('is read of the events that are subscribed to, and of no other', () => {
    const [{ events = [] } = {}] = (service.subscriptions ?? []).filter(({ entry }) => entry === 'on-obligation-told');
    expect([...events].sort()).toEqual([...toldTypes].sort());
    expect(() => readEvent(someEvent('e1'))).toThrow(RangeError);
  });

  it('is refused where a field is missing', () => {
    const event = invoiceEvent();
    const { open: _, ...renamed } = event.data as Record<string, unknown>;
    expect(() => readEvent({ ...event, data: renamed })).toThrow(/open/);
  });

  it('has one reference for its subject, and the last of it counts', () => {
    const told = [2, 3, 1].map((revision) => readEvent(invoiceEvent({ revision, cleared: BigInt(revision) }, {})));
    const all = told.flatMap((one) => (one && 'payer' in one ? [one] : []));
    expect(new Set(all.map(referenceOf)).size).toBe(1);
    expect(latestOf(all)).toMatchObject([{ version: 3, owed: 99_997n }]);
    expect(() => referenceOf({ source: 'INVOICES', subject: 'x'.repeat(56) })).toThrow(RangeError);
  });
});

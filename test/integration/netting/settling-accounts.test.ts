import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAccountUnderName } from '../../../functions/ledger/open-account-once.ts';
import { putParticipants } from '../../../functions/netting/centres/keep-centre.ts';
import { aParticipant, cause } from '../../functions/netting/intake-samples.ts';
import { owes } from '../../functions/netting/samples.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { centreId, now, queueOnEngine, type TestQueue } from './queue-support.ts';
import { onThursday, settlingSteps } from './settling-support.ts';

describe('accounts from which a cycle is settled', () => {
  let own: TestQueue;
  quietLog();
  beforeAll(async () => {
    own = await queueOnEngine(anEngine());
  });
  afterAll(() => own?.close());
  const { close, settle, position, rates } = settlingSteps(() => own);
  const onLedger = (accountId: string, currency: 'CNY' | 'EUR' = 'CNY') => ({
    accounts: [{ currency, at: 'LEDGER' as const, accountId }],
  });
  const directly = { mode: 'BILATERAL', payments: 'DIRECT' } as const;

  it('have to be in the currency that is paid: it waits for who has one in another only', async () => {
    const tenant = 'other-currency';
    rates.set('EUR', { numerator: 785n, denominator: 100n });
    const account = { currency: 'EUR', holder: 'A', purpose: 'GENERAL' } as const;
    const request = {
      name: ['test', 'A in euro'],
      account,
      constraint: { type: 'MIN_BALANCE', minor: 0n },
      cause,
    } as const;
    const inEuro = onLedger(await openAccountUnderName(own.ledgerStore, tenant, request, now), 'EUR');
    const terms = { settlement: 'HOME_CURRENCY', rateSet: 'group' } as const;
    const centre = await own.open(tenant, { A: 785_000n, B: 0n }, { participants: { A: inEuro }, terms });
    // EUR 1,000.00 are CNY 7,850.00.
    await close(centre, [owes('A', 'B', 100_000n, 'EUR')]);
    const waiting = await settle(tenant);
    expect(waiting).toMatchObject({ state: 'SETTLING', settling: { isWaiting: true } });
    expect(waiting.settling?.waiting.first).toMatchObject([
      { participant: 'A', code: 'ACCOUNT', amount: 785_000n, detail: 'It has no account in CNY; give it one.' },
    ]);
    const inYuan = aParticipant('A', onLedger(await own.accountOf(tenant, 'A')));
    await putParticipants(own.tools, { tenant, centreId }, [inYuan], onThursday);
    expect(await settle(tenant)).toMatchObject({ state: 'SETTLED' });
    expect([...(await own.balances(tenant, 'A B')), await position(tenant, 'A')]).toEqual([0n, 785_000n, 0n]);
  });

  it('may be one for two between whom it is paid directly: nothing moves, and nobody else waits', async () => {
    const tenant = 'shared';
    const participants = { B: onLedger(await own.accountOf(tenant, 'A')) };
    const centre = await own.open(tenant, { A: 50n, B: 0n, C: 100n, D: 0n }, { participants, terms: directly });
    // 60 between A and B, who have 50 on the account that both name; 100 from C to D.
    await close(centre, [owes('A', 'B', 60n), owes('C', 'D', 100n)]);
    const settled = await settle(tenant);
    expect(settled).toMatchObject({ state: 'SETTLED' });
    expect(await own.balances(tenant, 'A C D')).toEqual([50n, 0n, 100n]);
  });

  it('settle a cycle in which nothing moves at all', async () => {
    const tenant = 'shared-only';
    const participants = { B: onLedger(await own.accountOf(tenant, 'A')) };
    await close(await own.open(tenant, { A: 0n, B: 0n }, { participants, terms: directly }), [owes('A', 'B', 60n)]);
    expect(await settle(tenant)).toMatchObject({ state: 'SETTLED' });
  });

  it('that are no longer shared when others can pay are paid from', async () => {
    const tenant = 'no-longer-shared';
    const participants = { B: onLedger(await own.accountOf(tenant, 'A')) };
    const centre = await own.open(tenant, { A: 60n, B: 0n, C: 0n, D: 0n }, { participants, terms: directly });
    await close(centre, [owes('A', 'B', 60n), owes('C', 'D', 100n)]);
    const waiting = await settle(tenant);
    expect(waiting.settling?.waiting.first).toMatchObject([{ participant: 'C', missing: 100n }]);
    const apart = aParticipant('B', onLedger(await own.accountOf(tenant, 'B')));
    await putParticipants(own.tools, { tenant, centreId }, [apart], onThursday);
    await own.move(tenant, 'outside', 'C', 100n);
    expect(await settle(tenant)).toMatchObject({ state: 'SETTLED' });
    expect(await own.balances(tenant, 'A B C D')).toEqual([0n, 60n, 0n, 100n]);
  });
});

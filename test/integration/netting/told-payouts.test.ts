import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cutOff } from '../../../functions/netting/cycles/cut-off.ts';
import { toldObligationIdOf } from '../../../functions/netting/keys.ts';
import { actOnObligation } from '../../../functions/netting/obligations/act-on-obligation.ts';
import { toldTypes } from '../../../functions/netting/told/read-event.ts';
import { takeEvents } from '../../../functions/netting/told/take-events.ts';
import { toEvents } from '../../../functions/settlement/events.ts';
import { askForRetry } from '../../../functions/settlement/settlements/ask-for-retry.ts';
import { payRetried } from '../../../functions/settlement/settlements/pay-retried.ts';
import { reconsiderPayouts } from '../../../functions/settlement/settlements/reconsider.ts';
import type { Settlement } from '../../../functions/settlement/settlements/settlement.ts';
import { settlementToPlain } from '../../../functions/settlement/settlements/settlement-items.ts';
import { fromItem, toItem } from '../../../shared/dynamo/items.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { aNewCentre, aParticipant, at, on } from '../../functions/netting/intake-samples.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { claim } from '../settlement/journal-support.ts';
import { openWaiting } from '../settlement/payouts-support.ts';
import { hoursLater, runsOnEngine, type TestRuns, tenant } from '../settlement/runs-support.ts';
import { keepCentre, nettingOnEngine, type TestNetting } from './support.ts';
import { tuesday } from './told-support.ts';

/** What settlement tells netting of itself, a change of its items at a time, is taken by netting in any order. */
describe('payouts that wait for funds and are tried hour by hour', () => {
  let netting: TestNetting;
  let own: TestRuns;
  quietLog();
  beforeAll(async () => {
    netting = await nettingOnEngine(anEngine());
    own = await runsOnEngine(anEngine());
    const identities = (as: 'MARKET' | 'MERCHANT', prefix: string) => ({
      identities: ['disputed', 'confirmed', 'cut', 'turned', 'paid'].map((name) => ({
        as,
        value: `${prefix}_${name}`,
      })),
    });
    const participants = [
      aParticipant('A', identities('MARKET', 'mkt')),
      aParticipant('B', identities('MERCHANT', 'mer')),
    ];
    const asked = aNewCentre(tenant, participants);
    await keepCentre(netting, tenant, { ...asked, facts: { ...asked.facts, sources: ['PAYOUTS'] } });
  });
  afterAll(() => {
    netting?.close();
    own?.close();
  });

  const heard = (after: Settlement, before?: Settlement): DomainEvent[] => {
    const plain = (one: Settlement) => fromItem(toItem(settlementToPlain(one)));
    const previous = before && plain(before);
    const events = toEvents({ kind: before ? 'MODIFY' : 'INSERT', item: plain(after), ...(previous && { previous }) });
    return JSON.parse(JSON.stringify(events.filter(({ type }) => toldTypes.includes(type))));
  };
  /** A try, and all that is told while it is made. */
  async function telling(tried: (store: TestRuns['store'], now: Date) => Promise<unknown>): Promise<DomainEvent[]> {
    const events: DomainEvent[] = [];
    const replaceSettlement: TestRuns['store']['replaceSettlement'] = async (next, ...more) => {
      const before = await own.store.readSettlement(next);
      await own.store.replaceSettlement(next, ...more);
      events.push(...heard(next, before));
    };
    hours += 1;
    await tried({ ...own.store, replaceSettlement }, hoursLater(hours));
    return events;
  }
  /** That of the hour: nothing is asked for where nothing is there. */
  const tryAgain = () => telling((store, now) => reconsiderPayouts({ ...own.runs, store }, now));
  /** By hand all of it is asked for, as it is there still; and the ledger refuses it, as a refund has taken it since. */
  const tryByHand = (merchantId: string) =>
    telling(async (store, now) => {
      const { id } = await own.settlementOf(merchantId);
      const readAccounts: typeof own.runs.ledger.readAccounts = async (...of) => {
        const accounts = await own.runs.ledger.readAccounts(...of);
        return new Map([...accounts].map(([of, account]) => [of, { ...account, posted: account.posted + 100_000n }]));
      };
      await askForRetry({ store, ledger: { readAccounts } }, tenant, id, claim(`${merchantId} by hand`), now);
      await payRetried({ ...own.runs, store }, tenant, id, now);
    });
  let hours = 1;
  async function take(events: readonly DomainEvent[], moment = '2026-03-31T03:00:00.000Z') {
    const tools = { store: netting.store, accountsOfOrder: async () => undefined };
    for (const event of events) {
      expect([...(await takeEvents(tools, [event], new Date(moment))).values()]).toEqual([]);
    }
  }

  /** 10.00 of a merchant wait for funds, and netting has heard of it. */
  async function waiting(name: string) {
    const { settlement, merchantId, fund } = await openWaiting(own, name);
    await take(heard(settlement), at);
    const which = { tenant, obligationId: toldObligationIdOf(tenant, `PAYOUTS/${settlement.id}`) };
    const obligation = async () => {
      const found = await netting.store.readObligation(tenant, which.obligationId);
      return `${found?.state} ${found?.amount} ${found?.cycleId}`;
    };
    expect(await obligation()).toBe(`UNCONFIRMED 1000 ${tuesday}`);
    return { which, obligation, merchantId, fund };
  }
  const ofMerchant = (events: readonly DomainEvent[], merchantId: string) =>
    events.filter(({ data }) => (data as { merchantId: string }).merchantId === merchantId);

  it('stay disputed, and stay confirmed, while nothing is paid', async () => {
    const disputed = await waiting('disputed');
    const confirmed = await waiting('confirmed');
    await actOnObligation(netting.store, disputed.which, { kind: 'DISPUTE', reason: '对账' }, on);
    await actOnObligation(netting.store, confirmed.which, { kind: 'CONFIRM' }, on);
    expect(await tryAgain()).toEqual([]);
    for (const { merchantId } of [disputed, confirmed]) {
      const events = await tryByHand(merchantId);
      expect(events.map(({ type }) => type)).toEqual([
        ...['settlement.payout-retried.v1', 'settlement.payout-waiting.v1'],
      ]);
      await take(events);
    }
    expect(await disputed.obligation()).toBe(`DISPUTED 1000 ${tuesday}`);
    expect(await confirmed.obligation()).toBe(`CONFIRMED 1000 ${tuesday}`);
  });

  it('leave their cycle as soon as they are on their way, whatever is heard first', async () => {
    const { merchantId, obligation, fund } = await waiting('paid');
    await fund();
    const events = ofMerchant(await tryAgain(), merchantId);
    expect(events.map(({ type }) => type)).toEqual(['settlement.payout-retried.v1', 'settlement.payout-sending.v1']);
    await take(events.toReversed());
    expect(await obligation()).toBe(`WITHDRAWN 1000 ${tuesday}`);
  });

  it('stay in a cycle that was cut off a moment ago, as nothing was paid', async () => {
    const cut = await waiting('cut');
    const turned = await waiting('turned');
    await cutOff(netting.store, { tenant, cycleId: tuesday }, on);
    const behind = '2026-03-31T10:00:00.000Z';
    await take(await tryByHand(cut.merchantId), behind);
    await take((await tryByHand(turned.merchantId)).toReversed(), behind);
    const stays = `UNCONFIRMED 1000 ${tuesday}`;
    expect([await cut.obligation(), await turned.obligation()]).toEqual([stays, stays]);
  });
});

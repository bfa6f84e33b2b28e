import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cancelWaiting } from '../../../functions/collection/batches/cancel-waiting.ts';
import { actOnMandate } from '../../../functions/collection/mandates/act-on-mandate.ts';
import { anEngine } from '../../support/engines.ts';
import { bankOf, expectBalanced, itemsOf, ledgerOf, told } from './batch-books.ts';
import {
  accept,
  agreeAll,
  carryOn,
  cause,
  collectionsOn,
  hoursLater,
  letDaysPass,
  type TestCollections,
  type TestLine,
  takeUp,
} from './batches.ts';

/** Above what IBPS and BEPS carry: only HVPS takes them. */
const lines: readonly TestLine[] = ['5101', '5102'].map((suffix) => ({ suffix, minor: 2_000_000_00n }));
/** HVPS has closed at 17:15 and opens for the next day at 20:30. */
const evening = hoursLater(8);
const opening = hoursLater(10.5);

describe('collections that only a closed rail carries', () => {
  let collections: TestCollections;
  beforeEach(async () => {
    collections = await collectionsOn(anEngine());
    await agreeAll(collections, lines);
  });
  afterEach(() => collections?.close());

  async function acceptedInTheEvening() {
    const { tools } = collections;
    const batch = await accept(collections, lines, tools, evening);
    await carryOn(tools, batch, evening);
    return batch;
  }

  it('stay here until it opens, say when that is, and go out then for the business date of the opening', async () => {
    const { tools } = collections;
    const batch = await acceptedInTheEvening();
    expect((await itemsOf(collections, batch)).map(({ nextTryAt }) => nextTryAt)).toEqual([
      opening.toISOString(),
      opening.toISOString(),
    ]);
    expect([(await bankOf(collections)).orders, (await ledgerOf(collections, batch)).pending]).toEqual([[], 0n]);
    await takeUp(tools, opening);
    const sent = (await itemsOf(collections, batch)).map(({ tries: [one] }) => [one?.railKind, one?.businessDate]);
    expect(sent).toEqual(Array(2).fill(['HVPS', '2026-03-03']));
    await letDaysPass(tools, [25, 50]);
    expect(told(await itemsOf(collections, batch)).map(({ state }) => state)).toEqual(['SETTLED', 'SETTLED']);
    await expectBalanced(collections, batch);
  });

  it('are cancelled on demand until then', async () => {
    const { tools } = collections;
    const batch = await acceptedInTheEvening();
    await cancelWaiting(tools, batch, hoursLater(9));
    await takeUp(tools, opening);
    expect(told(await itemsOf(collections, batch)).map(({ state }) => state)).toEqual(['CANCELLED', 'CANCELLED']);
    expect((await bankOf(collections)).orders).toEqual([]);
    await expectBalanced(collections, batch);
  });

  it('do not go out under a mandate that is revoked before', async () => {
    const { tools } = collections;
    const batch = await acceptedInTheEvening();
    const [first] = await itemsOf(collections, batch);
    const mandate = { tenant: batch.tenant, mandateId: first?.mandateId ?? '' };
    await actOnMandate(tools.store, mandate, 'REVOKE', cause, hoursLater(9));
    await takeUp(tools, opening);
    await letDaysPass(tools, [25, 50]);
    expect(told(await itemsOf(collections, batch)).map(({ state, reason }) => [state, reason])).toEqual([
      ['FAILED', 'MANDATE_REVOKED'],
      ['SETTLED', undefined],
    ]);
    await expectBalanced(collections, batch);
  });

  it('go on after a suspension, and not before it is over', async () => {
    const { tools } = collections;
    const batch = await acceptedInTheEvening();
    const [first] = await itemsOf(collections, batch);
    const mandate = { tenant: batch.tenant, mandateId: first?.mandateId ?? '' };
    await actOnMandate(tools.store, mandate, 'SUSPEND', cause, hoursLater(9));
    await takeUp(tools, opening);
    expect((await bankOf(collections)).orders).toHaveLength(1);
    await actOnMandate(tools.store, mandate, 'RESUME', cause, hoursLater(11));
    await takeUp(tools, hoursLater(11.6));
    await letDaysPass(tools, [25, 50]);
    expect(told(await itemsOf(collections, batch)).map(({ state }) => state)).toEqual(['SETTLED', 'SETTLED']);
    await expectBalanced(collections, batch);
  });
});

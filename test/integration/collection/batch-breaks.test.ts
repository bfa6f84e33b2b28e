import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cancelWaiting } from '../../../functions/collection/batches/cancel-waiting.ts';
import type { BankChannel } from '../../../functions/collection/channels/bank-channel.ts';
import { gatewayOf } from '../../../functions/collection/gateway/gateway-of.ts';
import type { CollectionItem } from '../../../functions/collection/items/item.ts';
import { takeIntoBlocks } from '../../../functions/collection/reports/take-into-block.ts';
import type { CollectionTools } from '../../../functions/collection/tools.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { actOnFirst, bankOf, expectBalanced, figuresOf, itemsOf, ledgerOf, statesOf } from './batch-books.ts';
import {
  accept,
  agreeAll,
  askBank,
  carryOn,
  collectionsOn,
  hoursLater,
  letDaysPass,
  putChannel,
  type TestCollections,
  type TestLine,
  takeUp,
} from './batches.ts';
import { dyingAfter, dyingBefore, signal } from './dying-tools.ts';

const lines: readonly TestLine[] = ['5101', '5102', '5103'].map((suffix) => ({ suffix, minor: 10_000n }));
const soon = hoursLater(0.1);

describe('a batch that breaks off', () => {
  let collections: TestCollections;
  quietLog();
  beforeEach(async () => {
    collections = await collectionsOn(anEngine());
    await agreeAll(collections, lines);
  });
  afterEach(() => collections?.close());

  it('before it began hands nothing over under a mandate that was revoked meanwhile, and holds nothing', async () => {
    const batch = await accept(collections, lines);
    await actOnFirst(collections, batch, 'REVOKE');
    await takeUp(collections.tools, soon);
    expect((await bankOf(collections)).orders).toHaveLength(2);
    expect(await ledgerOf(collections, batch)).toMatchObject({ pending: 40_000n });
    await letDaysPass(collections.tools);
    expect(await statesOf(collections, batch)).toEqual(['FAILED', 'SETTLED', 'SETTLED']);
    await expectBalanced(collections, batch);
  });

  it.each([
    ['its rail was chosen', ({ tries }: CollectionItem) => tries.length > 0],
    ['its hold was noted', ({ tries: [one] }: CollectionItem) => one?.booked?.held === true],
    ['its message was named', ({ tries: [one] }: CollectionItem) => one?.messageId !== undefined],
  ])('after %s hands nothing over under a mandate revoked since, and frees its hold', async (_, isReached) => {
    const batch = await accept(collections, lines);
    await expect(carryOn(dyingAfter(collections.tools, isReached), batch)).rejects.toThrow('killed');
    expect((await bankOf(collections)).orders).toEqual([]);
    await actOnFirst(collections, batch, 'REVOKE');
    await takeUp(collections.tools, soon);
    expect((await bankOf(collections)).orders).toHaveLength(2);
    await letDaysPass(collections.tools);
    expect(await statesOf(collections, batch)).toEqual(['FAILED', 'SETTLED', 'SETTLED']);
    await expectBalanced(collections, batch);
  });

  it('does not lose an order that another hands over while it is withdrawn under a revoked mandate', async () => {
    const { tools } = collections;
    const batch = await accept(collections, lines);
    const isNamed = ({ tries: [one] }: CollectionItem) => one?.messageId !== undefined;
    await expect(carryOn(dyingAfter(tools, isNamed), batch)).rejects.toThrow('killed');
    const [begins, revoked, handed, withdrawn] = [signal(), signal(), signal(), signal()];
    const slow: CollectionTools = {
      ...tools,
      gatewayOf: (channel) => {
        const bank = tools.gatewayOf(channel);
        const hand: typeof bank.hand = async (message, now) => {
          begins.give();
          await revoked.given;
          const handover = await bank.hand(message, now);
          handed.give();
          await withdrawn.given;
          return handover;
        };
        return { ...bank, hand };
      },
    };
    const withdrawing: CollectionTools = {
      ...tools,
      gatewayOf: (channel) => {
        const bank = tools.gatewayOf(channel);
        const withdraw: typeof bank.withdraw = async (message, now) => {
          const outcome = await bank.withdraw(message, now);
          revoked.give();
          await handed.given;
          return outcome;
        };
        return { ...bank, withdraw };
      },
    };
    const slowly = carryOn(slow, batch);
    await begins.given;
    await actOnFirst(collections, batch, 'REVOKE');
    await takeUp(withdrawing, soon);
    withdrawn.give();
    await slowly;
    await letDaysPass(tools);
    await expectBalanced(collections, batch);
  });

  it('while it is handed over goes on with the bank that has begun with it, whatever channel is put meanwhile', async () => {
    const { tools } = collections;
    const batch = await accept(collections, lines);
    const store = { ...tools.store, noteSent: () => Promise.reject(new Error('killed')) };
    const gatewayBy = (channel: BankChannel) => gatewayOf(channel, { store, outbox: {} as never });
    await carryOn({ ...tools, gatewayOf: gatewayBy }, batch);
    const creditor = { name: 'Another', number: '32001881236052500002', bank: { cnaps: '102100099996' } };
    await putChannel(collections, { channel: 'FILES', creditor, characters: 'LATIN' });
    await takeUp(tools, hoursLater(1));
    expect((await bankOf(collections)).orders).toHaveLength(3);
    await letDaysPass(tools, [2]);
    expect(await statesOf(collections, batch)).toEqual(['SETTLED', 'SETTLED', 'SETTLED']);
    await expectBalanced(collections, batch);
  });

  it('after its rail was found down and before that was known goes by the next one', async () => {
    const { tools } = collections;
    const down = [{ suffix: '0012', minor: 10_000n, agreementNumber: 'XY-down' }];
    await agreeAll(collections, down);
    const batch = await accept(collections, down);
    const claimBankMessage: typeof tools.store.claimBankMessage = async (message) => {
      await tools.store.claimBankMessage(message);
      throw new Error('killed');
    };
    const store = { ...tools.store, claimBankMessage };
    const gatewayBy = (channel: BankChannel) => gatewayOf(channel, { store, outbox: {} as never });
    await carryOn({ ...tools, gatewayOf: gatewayBy }, batch);
    const triesOf = async () => (await itemsOf(collections, batch)).flatMap(({ tries }) => tries);
    expect(await triesOf()).toMatchObject([{ state: 'UNKNOWN' }]);
    await letDaysPass(tools);
    expect((await triesOf()).map(({ state }) => state).at(0)).toBe('NEVER_LEFT');
    expect(await statesOf(collections, batch)).toEqual(['SETTLED']);
    expect((await bankOf(collections)).orders).toHaveLength(1);
    await expectBalanced(collections, batch);
  });

  it('before its hand-over was remembered hands nothing over under a mandate revoked since, though it may have arrived', async () => {
    const { tools } = collections;
    const batch = await accept(collections, lines);
    const store = { ...tools.store, claimBankMessage: () => Promise.reject(new Error('killed')) };
    const gatewayBy = (channel: BankChannel) => gatewayOf(channel, { store, outbox: {} as never });
    await carryOn({ ...tools, gatewayOf: gatewayBy }, batch);
    await actOnFirst(collections, batch, 'REVOKE');
    await letDaysPass(tools);
    expect(await statesOf(collections, batch)).toEqual(['FAILED', 'SETTLED', 'SETTLED']);
    expect((await bankOf(collections)).orders).toHaveLength(2);
    await expectBalanced(collections, batch);
  });

  it('after the ledger held its money and before that was noted gives the hold back when it is cancelled', async () => {
    const { tools } = collections;
    const batch = await accept(collections, lines);
    const isHeld = ({ tries: [one] }: CollectionItem) => one?.booked?.held === true;
    await expect(carryOn(dyingBefore(tools, isHeld), batch)).rejects.toThrow('killed');
    expect(await ledgerOf(collections, batch)).toMatchObject({ pending: 60_000n });
    await cancelWaiting(tools, batch, soon);
    await letDaysPass(tools);
    expect((await figuresOf(collections, batch)).money.cancelled).toBe(30_000n);
    await expectBalanced(collections, batch);
  });

  it('cancelled while the ledger holds its money gives the hold back', async () => {
    const { tools } = collections;
    const batch = await accept(collections, lines);
    const holdTransfers: typeof tools.ledger.holdTransfers = async (...asked) => {
      const held = await tools.ledger.holdTransfers(...asked);
      await cancelWaiting(tools, batch, soon);
      return held;
    };
    await carryOn({ ...tools, ledger: { ...tools.ledger, holdTransfers } }, batch);
    await letDaysPass(tools);
    expect((await figuresOf(collections, batch)).money.cancelled).toBe(30_000n);
    await expectBalanced(collections, batch);
  });

  it('after its message went and before that was noted hears of one of its orders before the others', async () => {
    const { tools } = collections;
    const batch = await accept(collections, lines);
    const isOut = ({ tries: [one] }: CollectionItem) => one?.state === 'SUBMITTED';
    await expect(carryOn(dyingBefore(tools, isOut), batch)).rejects.toThrow('killed');
    const reports = await askBank(tools, soon);
    await takeIntoBlocks(tools, reports.slice(0, 1), soon);
    expect(new Set(await statesOf(collections, batch))).toEqual(new Set(['SUBMITTED']));
    await takeIntoBlocks(tools, reports, soon);
    await letDaysPass(tools);
    await expectBalanced(collections, batch);
  });
});

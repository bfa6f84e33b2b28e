import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Batch } from '../../../functions/collection/batches/batch.ts';
import { presentItem } from '../../../functions/collection/batches/present-batch.ts';
import type { BankChannel } from '../../../functions/collection/channels/bank-channel.ts';
import { gatewayOf } from '../../../functions/collection/gateway/gateway-of.ts';
import { anEngine } from '../../support/engines.ts';
import { bucket } from './bank-files.ts';
import { expectBalanced, itemsOf, ledgerOf } from './batch-books.ts';
import {
  accept,
  agree,
  agreeAll,
  carryOn,
  collectionsOn,
  hoursLater,
  letDaysPass,
  putChannel,
  type TestCollections,
  type TestLine,
  takeUp,
} from './batches.ts';

const latin = { name: 'East China Group', number: '32001881236052500001', bank: { cnaps: '105100000017' } };

/** Three blocks of lines that settle, the fiftieth line by another account. */
const linesWith = (suffix: string): TestLine[] =>
  Array.from({ length: 85 }, (_, place) => ({ suffix: place === 49 ? suffix : '5101', minor: 10_000n }));

describe('the messages of a batch', () => {
  let collections: TestCollections;
  beforeEach(async () => {
    collections = await collectionsOn(anEngine());
  });
  afterEach(() => collections?.close());

  /** Rail, blocks and number of orders of each message that the bank has got. */
  async function messagesOf({ tenant, id }: Batch) {
    const { store } = collections.tools;
    const dispatches = await store.readDispatches(tenant, id);
    return await Promise.all(
      dispatches.map(async ({ railId, blocks, messageId }) => {
        const sent = await store.readBankMessage(tenant, messageId);
        return { railId, blocks, orders: sent?.state === 'SENT' ? sent.count : 0 };
      }),
    );
  }

  it('carry all its orders over one rail at once, whichever blocks they are in', async () => {
    const lines = linesWith('5102');
    await agreeAll(collections, lines);
    const batch = await accept(collections, lines);
    await carryOn(collections.tools, batch);
    expect(await messagesOf(batch)).toEqual([{ railId: expect.any(String), blocks: [0, 1, 2], orders: 85 }]);
    await letDaysPass(collections.tools);
    await expectBalanced(collections, batch);
  });

  it('that a rail does not take go whole over the next one', async () => {
    const lines = linesWith('0012');
    await agreeAll(collections, lines);
    const batch = await accept(collections, lines);
    await carryOn(collections.tools, batch);
    const messages = await messagesOf(batch);
    expect(messages.filter(({ orders }) => orders > 0)).toEqual([{ railId: 'HVPS', blocks: [0, 1, 2], orders: 85 }]);
    await letDaysPass(collections.tools, [40, 120]);
    await expectBalanced(collections, batch);
  });

  it('carry on without an order that the channel cannot carry: it fails with the field that is at fault', async () => {
    const lines: TestLine[] = ['5101', '5102', '5103'].map((suffix) => ({ suffix, minor: 10_000n }));
    for (const [place, name] of ['Acme Ltd', '江南机械厂', 'Bolt + Co'].entries()) {
      const account = {
        type: 'ACCOUNT',
        number: `320018812360525510${place}`,
        bank: { cnaps: '102100099996' },
      } as const;
      await agree(collections, `XY-${place}`, '', { payer: { name, account } });
    }
    await putChannel(collections, { channel: 'FILES', creditor: latin, characters: 'LATIN' });
    const { written, outbox } = bucket();
    const { store } = collections.tools;
    const tools = { ...collections.tools, gatewayOf: (channel: BankChannel) => gatewayOf(channel, { store, outbox }) };
    const batch = await accept(collections, lines, tools);
    await carryOn(tools, batch);
    expect(written).toHaveLength(1);
    expect([...(written[0]?.text ?? '').matchAll(/<Dbtr><Nm>([^<]+)/g)].map(([, name]) => name).sort()).toEqual([
      'Acme Ltd',
      'Bolt + Co',
    ]);
    expect((await itemsOf(collections, batch)).map(presentItem)).toMatchObject([
      { state: 'SUBMITTED' },
      {
        state: 'FAILED',
        reason: 'NOT_WRITABLE',
        detail: expect.stringMatching(/^payer\.name: It has the character '江' \(U\+6C5F\)\. Write it with letters/),
      },
      { state: 'SUBMITTED' },
    ]);
    // Two are on their way, and the hold of the third is given back: 100.00 each, at the account and in clearing.
    expect(await ledgerOf(collections, batch)).toMatchObject({ pending: 40_000n });
    await takeUp(tools, hoursLater(1));
    expect(written).toHaveLength(1);
  });
});

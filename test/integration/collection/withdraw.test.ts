import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BankGateway } from '../../../functions/collection/gateway/bank-gateway.ts';
import type { CollectionStore } from '../../../functions/collection/store.ts';
import { FileNotWritten } from '../../../shared/files/file-not-written.ts';
import { sandboxGateway } from '../../functions/collection/gateway/samples.ts';
import { anEngine } from '../../support/engines.ts';
import { bucket, fileGateway, fileTerms, handedAt, later, messageOf, orderOf, orders } from './bank-files.ts';
import { signal } from './dying-tools.ts';
import { collectionOnEngine, type TestCollection } from './support.ts';

const taken = { outcome: 'TAKEN' };
const withdrawn = { outcome: 'WITHDRAWN', text: 'The message was withdrawn.' };
const failing = (error: Error) => ({ write: () => Promise.reject(error) });

describe('a message that somebody has begun with', () => {
  let own: TestCollection;
  beforeAll(async () => {
    own = await collectionOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  /** A store whose call waits until it may go on. */
  function slow(step: 'moveBankMessage' | 'noteSent') {
    const [comes, goesOn] = [signal(), signal()];
    const call = async (...args: unknown[]) => {
      comes.give();
      await goesOn.given;
      return await (own.store[step] as (...given: unknown[]) => Promise<unknown>)(...args);
    };
    return { store: { ...own.store, [step]: call } as CollectionStore, comes, goesOn };
  }

  const files = (outbox = bucket().outbox, store = own.store) => fileGateway({ store, outbox }, fileTerms);
  const ways: [string, (store: CollectionStore) => BankGateway][] = [
    ['the sandbox bank', sandboxGateway],
    ['files', (store) => fileGateway({ store, outbox: bucket().outbox }, fileTerms)],
  ];

  it.each(ways)('and of which nothing has gone yet is withdrawn from a slow worker: %s', async (name, gateway) => {
    const { store, comes, goesOn } = slow('moveBankMessage');
    const message = messageOf('MSG-1', orders, `begun-${name}`);
    const slowly = gateway(store).hand(message, handedAt);
    await comes.given;
    expect(await gateway(own.store).withdraw(message, later)).toEqual(withdrawn);
    goesOn.give();
    expect(await slowly).toEqual(withdrawn);
    expect(await gateway(own.store).hand(message, later)).toEqual(withdrawn);
    expect(await own.store.readSandboxOrder(message.tenant, 'A1')).toBeUndefined();
  });

  it.each(ways)('and that may be going is not withdrawn: %s', async (name, gateway) => {
    const { store, comes, goesOn } = slow('noteSent');
    const message = messageOf('MSG-1', orders, `going-${name}`);
    const slowly = gateway(store).hand(message, handedAt);
    await comes.given;
    expect(await gateway(own.store).withdraw(message, later)).toMatchObject({ outcome: 'UNKNOWN' });
    goesOn.give();
    expect(await slowly).toEqual(taken);
    expect(await gateway(own.store).withdraw(message, later)).toEqual(taken);
  });

  it('and that the sandbox bank never got is withdrawn', async () => {
    const message = messageOf('MSG-1', [orderOf('A1', '0006')], 'lost');
    expect(await sandboxGateway(own.store).hand(message, handedAt)).toMatchObject({ outcome: 'UNKNOWN' });
    expect(await sandboxGateway(own.store).withdraw(message, later)).toEqual(withdrawn);
    expect(await sandboxGateway(own.store).hand(message, later)).toEqual(withdrawn);
    expect(await own.store.readSandboxOrder('lost', 'A1')).toBeUndefined();
  });

  it.each(['withdrawn', 'handed over'])('and that was lost goes once, or never: %s first', async (first) => {
    const message = messageOf('MSG-1', [orderOf('A1', '0006')], `race-${first}`);
    await sandboxGateway(own.store).hand(message, handedAt);
    const { store, comes, goesOn } = slow('moveBankMessage');
    const isHandedSlowly = first === 'withdrawn';
    const slowly = isHandedSlowly
      ? sandboxGateway(store).hand(message, later)
      : sandboxGateway(store).withdraw(message, later);
    await comes.given;
    const fast = isHandedSlowly
      ? await sandboxGateway(own.store).withdraw(message, later)
      : await sandboxGateway(own.store).hand(message, later);
    goesOn.give();
    const outcome = isHandedSlowly ? withdrawn : taken;
    expect([fast, await slowly]).toEqual([outcome, outcome]);
    const order = await own.store.readSandboxOrder(message.tenant, 'A1');
    expect(order === undefined).toBe(isHandedSlowly);
  });

  it('and whose file the store refused is withdrawn, and its orders go in another', async () => {
    const message = messageOf('MSG-1', orders, 'refused');
    const refusing = files(failing(new FileNotWritten(503)));
    for (let time = 0; time < 3; time++) {
      expect(await refusing.hand(message, handedAt)).toMatchObject({ outcome: 'UNKNOWN' });
    }
    expect(await files().withdraw(message, later)).toEqual(withdrawn);
    const { written, outbox } = bucket();
    expect(await files(outbox).hand(message, later)).toEqual(withdrawn);
    expect(await files(outbox).hand(messageOf('MSG-2', orders.slice(1), 'refused'), later)).toEqual(taken);
    expect(written.map(({ key }) => key)).toEqual(['outbox/refused/IBPS/MSG-2.xml']);
    const held = await own.store.readSentOrders('refused', ['A1', 'A2', 'A3']);
    expect(held.map(({ id, messageId }) => `${id} ${messageId}`).sort()).toEqual(['A1 MSG-1', 'A2 MSG-2', 'A3 MSG-2']);
  });

  it('and whose file was not answered for goes on: it may lie there', async () => {
    const message = messageOf('MSG-1', orders, 'unanswered');
    await files(failing(new Error('no answer'))).hand(message, handedAt);
    expect(await files().withdraw(message, later)).toMatchObject({ outcome: 'UNKNOWN' });
    expect(await files().hand(message, later)).toEqual(taken);
  });

  it('and whose file was refused to one while another writes it is not withdrawn', async () => {
    const [comes, goesOn] = [signal(), signal()];
    const { written, outbox } = bucket();
    const message = messageOf('MSG-1', orders, 'together');
    const refused = files({
      write: async () => {
        comes.give();
        await goesOn.given;
        throw new FileNotWritten(503);
      },
    }).hand(message, handedAt);
    await comes.given;
    const { store, comes: wrote, goesOn: notes } = slow('noteSent');
    const writing = files(outbox, store).hand(message, later);
    await wrote.given;
    goesOn.give();
    expect(await refused).toMatchObject({ outcome: 'UNKNOWN' });
    expect(await files().withdraw(message, later)).toMatchObject({ outcome: 'UNKNOWN' });
    notes.give();
    expect(await writing).toEqual(taken);
    expect(written).toHaveLength(1);
  });
});

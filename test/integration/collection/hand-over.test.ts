import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BankGateway } from '../../../functions/collection/gateway/bank-gateway.ts';
import { gatewayOf } from '../../../functions/collection/gateway/gateway-of.ts';
import type { CollectionStore } from '../../../functions/collection/store.ts';
import { sandboxGateway } from '../../functions/collection/gateway/samples.ts';
import { anEngine } from '../../support/engines.ts';
import {
  bucket,
  fileGateway,
  fileTerms,
  handedAt,
  later,
  messageOf,
  orderOf,
  orders,
  paymentsOf,
} from './bank-files.ts';
import { signal } from './dying-tools.ts';
import { collectionOnEngine, type TestCollection } from './support.ts';

const another = { name: 'Another', number: '32001881236052500098', bank: { cnaps: '102100099996' } };

describe('a message', () => {
  let own: TestCollection;
  beforeAll(async () => {
    own = await collectionOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  /** Stops before it claims the id of a message until it may go on. */
  function slow() {
    const [comes, goesOn] = [signal(), signal()];
    const claimBankMessage: CollectionStore['claimBankMessage'] = async (message) => {
      comes.give();
      await goesOn.given;
      return await own.store.claimBankMessage(message);
    };
    return { store: { ...own.store, claimBankMessage }, comes, goesOn };
  }

  const latin = { ...fileTerms, characters: 'LATIN' } as const;
  const notTaken = { outcome: 'NOT_TAKEN', text: expect.stringContaining('payments[0].creditor.name') };

  it('that was not taken is not taken from a slow worker who could', async () => {
    const { written, outbox } = bucket();
    const { store, comes, goesOn } = slow();
    const message = messageOf('MSG-1', orders, 'slow');
    const slowly = fileGateway({ store, outbox }, fileTerms).hand(message, handedAt);
    await comes.given;
    expect(await fileGateway({ store: own.store, outbox }, latin).hand(message, handedAt)).toEqual(notTaken);
    goesOn.give();
    expect(await slowly).toEqual(notTaken);
    expect(await fileGateway({ store: own.store, outbox }, fileTerms).hand(message, later)).toEqual(notTaken);
    expect(await sandboxGateway(own.store).hand(message, later)).toEqual(notTaken);
    expect(written).toEqual([]);
    expect(await own.store.readSandboxOrder('slow', 'A1')).toBeUndefined();
  });

  it('that another has begun meanwhile is not said to be not taken', async () => {
    const { written, outbox } = bucket();
    const { store, comes, goesOn } = slow();
    const message = messageOf('MSG-1', orders, 'fast');
    const slowly = fileGateway({ store, outbox }, latin).hand(message, handedAt);
    await comes.given;
    expect(await fileGateway({ store: own.store, outbox }, fileTerms).hand(message, handedAt)).toEqual({
      outcome: 'TAKEN',
    });
    goesOn.give();
    expect(await slowly).toEqual({ outcome: 'TAKEN' });
    expect(written).toHaveLength(1);
  });

  it.each<[string, (store: CollectionStore) => BankGateway]>([
    ['the sandbox bank', sandboxGateway],
    ['files', (store) => fileGateway({ store, outbox: bucket().outbox }, fileTerms)],
  ])(
    'withdrawn before a slow worker claims it never goes by %s; once it is claimed it goes on',
    async (name, gateway) => {
      const tenant = `withdrawn-${name}`;
      const { store, comes, goesOn } = slow();
      const message = messageOf('MSG-1', orders, tenant);
      const slowly = gateway(store).hand(message, handedAt);
      await comes.given;
      const withdrawn = { outcome: 'WITHDRAWN', text: 'The message was withdrawn.' };
      expect(await gateway(own.store).withdraw(message, handedAt)).toEqual(withdrawn);
      goesOn.give();
      expect(await slowly).toEqual(withdrawn);
      expect(await gateway(own.store).withdraw(message, later)).toEqual(withdrawn);

      const second = messageOf('MSG-2', [orderOf('B1')], tenant);
      const killed = { ...own.store, noteSent: () => Promise.reject(new Error('killed')) };
      await expect(gateway(killed).hand(second, handedAt)).rejects.toThrow('killed');
      expect(await gateway(own.store).withdraw(second, later)).toMatchObject({ outcome: 'UNKNOWN' });
      expect(await gateway(own.store).hand(second, later)).toEqual({ outcome: 'TAKEN' });
      expect(await gateway(own.store).withdraw(second, later)).toEqual({ outcome: 'TAKEN' });
    },
  );

  it.each(['COLLECT', 'PAY'] as const)(
    'that breaks off is the same file again, whatever channel, account and terms have been put since: %s',
    async (direction) => {
      const tenant = `again-${direction}`;
      const plain = orders.map(({ mandate: _, partial: __, ...order }) => order);
      const message = direction === 'PAY' ? paymentsOf('M-1', plain, tenant) : messageOf('M-1', orders, tenant);
      const whole = bucket();
      const first = fileGateway({ store: own.store, outbox: whole.outbox }, fileTerms);
      const killed = { ...own.store, noteSent: () => Promise.reject(new Error('killed')) };
      const dying = fileGateway({ store: killed, outbox: whole.outbox }, fileTerms);
      await expect(dying.hand(message, handedAt)).rejects.toThrow('killed');
      const { written, outbox } = bucket();
      const terms = { initiatingParty: { name: 'Another' }, characters: 'LATIN' } as const;
      const changed = gatewayOf({ channel: 'SANDBOX', ...terms }, { store: own.store, outbox });
      expect(await changed.hand({ ...message, account: another }, later)).toEqual({ outcome: 'TAKEN' });
      expect(written).toEqual(whole.written);
      expect(await own.store.readSandboxOrder(tenant, 'A1')).toBeUndefined();
      expect(await first.hand(message, later)).toEqual({ outcome: 'TAKEN' });
      expect(whole.written).toHaveLength(1);
    },
  );

  it('that the sandbox bank has begun with goes on there, though files have been put since', async () => {
    const message = messageOf('MSG-1', orders, 'sandbox');
    const killed = { ...own.store, noteSent: () => Promise.reject(new Error('killed')) };
    await expect(sandboxGateway(killed).hand(message, handedAt)).rejects.toThrow('killed');
    const { written, outbox } = bucket();
    const files = fileGateway({ store: own.store, outbox }, fileTerms);
    expect(await files.hand({ ...message, account: another }, later)).toEqual({ outcome: 'TAKEN' });
    expect(written).toEqual([]);
    expect(await own.store.readSandboxOrder('sandbox', 'A3')).toMatchObject({ messageId: 'MSG-1' });
  });
});

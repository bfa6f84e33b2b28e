import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { DynamoDBRecord } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { type ItemChange, relayHandler } from '../../../shared/events/relay.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { insertRecord, someEvent } from '../../support/events.ts';

const mock = mockClient(EventBridgeClient);
const lines: string[] = [];
setLogSink((line) => lines.push(line));
afterAll(() => setLogSink((line) => process.stdout.write(`${line}\n`)));

const client = new EventBridgeClient({ region: 'eu-west-1' });
const bus = () => ({ client, name: 'bus', wait: async () => undefined });
let refused: string[] = [];
beforeEach(() => {
  mock.reset();
  lines.length = 0;
  refused = [];
  mock.on(PutEventsCommand).callsFake(({ Entries = [] }: { Entries?: PutEventsRequestEntry[] }) => ({
    Entries: Entries.map((entry) =>
      refused.includes(idOf(entry)) ? { ErrorCode: 'InternalFailure' } : { EventId: 'e' },
    ),
  }));
});

const idOf = ({ Detail = '' }: PutEventsRequestEntry) => (JSON.parse(Detail) as DomainEvent).id;
const published = () =>
  mock.commandCalls(PutEventsCommand).flatMap(({ args }) => (args[0].input.Entries ?? []).map(idOf));

/** Tells the ids that an item names in `tells`; cannot tell one that names 'bug'. */
const relay = relayHandler({
  service: 'ledger',
  bus,
  toEvents: ({ item }) => {
    if (item?.tells === 'bug') throw new Error('not understood');
    return String(item?.tells ?? '')
      .split(' ')
      .filter(Boolean)
      .map((id) => someEvent(id));
  },
});
const records = (...tells: string[]): DynamoDBRecord[] =>
  tells.map((ids, index) => insertRecord(String(index + 1), { tells: ids }));

describe('the relay', () => {
  it('publishes what each change means, in the order of the stream, in one call', async () => {
    expect(await relay({ Records: records('a', '', 'b c') })).toEqual({ batchItemFailures: [] });
    expect(published()).toEqual(['a', 'b', 'c']);
    expect(mock.commandCalls(PutEventsCommand)).toHaveLength(1);
  });

  it('calls nobody for changes that mean nothing', async () => {
    expect(await relay({ Records: records('', '') })).toEqual({ batchItemFailures: [] });
    expect(mock.calls()).toHaveLength(0);
  });

  it('reports the first record that is not wholly on the bus, so that the stream goes on from there', async () => {
    refused = ['c'];
    const { batchItemFailures } = await relay({ Records: records('a', 'b c', 'd') });
    expect(batchItemFailures).toEqual([{ itemIdentifier: '2' }]);
    expect(lines.join()).toContain('"sequenceNumber":"2"');
  });

  it('delivers everything after a redelivery of what it reported', async () => {
    refused = ['c'];
    const all = records('a', 'b c', 'd');
    await relay({ Records: all });
    refused = [];
    expect(await relay({ Records: all.slice(1) })).toEqual({ batchItemFailures: [] });
    expect(new Set(published())).toEqual(new Set(['a', 'b', 'c', 'd']));
  });

  it('never skips a record that it cannot tell: what precedes it goes out, what follows waits', async () => {
    const { batchItemFailures } = await relay({ Records: records('a', 'bug', 'b') });
    expect(batchItemFailures).toEqual([{ itemIdentifier: '2' }]);
    expect(published()).toEqual(['a']);
    expect(lines.join()).toContain('not understood');
  });

  it('throws with the sequence number when the batch begins with such a record', async () => {
    await expect(relay({ Records: records('bug', 'a') })).rejects.toThrow('The stream record 1 cannot be told');
    expect(published()).toEqual([]);
  });

  it('throws for a record without a sequence number', async () => {
    await expect(relay({ Records: [{ eventID: 'x', eventName: 'INSERT' }] })).rejects.toThrow('no sequence number');
  });

  it('gives amounts as bigints and digests as bytes, old image and new', async () => {
    const seen: ItemChange[] = [];
    const watching = relayHandler({
      service: 'ledger',
      bus,
      toEvents: (change) => {
        seen.push(change);
        return [];
      },
    });
    const base64 = Buffer.from([1, 2, 255]).toString('base64');
    const dynamodb = {
      SequenceNumber: '9',
      OldImage: { minor: { N: '99999999999999999999' } },
      NewImage: { minor: { N: '-5' }, digest: { B: base64 }, groups: { L: [{ M: { digest: { B: base64 } } }] } },
    };
    await watching({ Records: [{ eventName: 'MODIFY', dynamodb }] });
    const bytes = Uint8Array.from([1, 2, 255]);
    expect(seen).toEqual([
      {
        kind: 'MODIFY',
        sequenceNumber: '9',
        previous: { minor: 99_999_999_999_999_999_999n },
        item: { minor: -5n, digest: bytes, groups: [{ digest: bytes }] },
      },
    ]);
  });
});

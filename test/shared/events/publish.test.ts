import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { chunkEntries, type EventBus, entryBytes, publishEntries, toEntry } from '../../../shared/events/publish.ts';
import { someEvent } from '../../support/events.ts';

const KB = 1024;
const mock = mockClient(EventBridgeClient);
const waits: number[] = [];
const bus: EventBus = {
  client: new EventBridgeClient({ region: 'eu-west-1' }),
  name: 'bus',
  wait: async (attempt) => {
    waits.push(attempt);
  },
};

/** Answers every entry: with an id, or with an error where `refuses` says so. */
function answer(refuses: (detail: string, call: number) => boolean): void {
  let call = 0;
  mock.on(PutEventsCommand).callsFake(({ Entries = [] }: { Entries?: PutEventsRequestEntry[] }) => {
    call += 1;
    const answers = Entries.map(({ Detail = '' }) =>
      refuses(Detail, call)
        ? { ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' }
        : { EventId: `id-${Detail}` },
    );
    return { Entries: answers, FailedEntryCount: answers.filter((one) => 'ErrorCode' in one).length };
  });
}

const entry = (Detail: string): PutEventsRequestEntry => ({ Source: 'yudao.ledger', DetailType: 't', Detail });
const entries = (count: number) => Array.from({ length: count }, (_, index) => entry(String(index)));
const calls = () =>
  mock.commandCalls(PutEventsCommand).map(({ args }) => args[0].input.Entries?.map(({ Detail }) => Detail));

beforeEach(() => {
  mock.reset();
  waits.length = 0;
});

describe('calls are cut within the limits of the bus', () => {
  it('ten entries a call', () => {
    expect(chunkEntries(entries(23)).map(({ length }) => length)).toEqual([10, 10, 3]);
  });
  it('256 KB a call: three entries of 100 KB go two and one', () => {
    const large = entry('x'.repeat(100 * KB));
    expect(chunkEntries([large, large, large]).map(({ length }) => length)).toEqual([2, 1]);
  });
  it('a larger one goes alone', () => {
    const chunks = chunkEntries([entry('a'), entry('x'.repeat(300 * KB)), entry('b')]);
    expect(chunks.map(({ length }) => length)).toEqual([1, 1, 1]);
  });
  it('sizes are those of UTF-8: a Chinese letter has three bytes', () => {
    expect(entryBytes({ Source: 'ab', DetailType: 'c', Detail: '余额' })).toBe(2 + 1 + 6);
  });
  it('none is lost, none is out of order, and no call is over a limit', () => {
    const sizes = fc.array(fc.oneof(fc.nat(200), fc.nat(400 * KB)), { maxLength: 40 });
    fc.assert(
      fc.property(sizes, (lengths) => {
        const all = lengths.map((length, index) => entry(`${index} ${'x'.repeat(length)}`));
        const chunks = chunkEntries(all);
        expect(chunks.flat()).toEqual(all);
        for (const chunk of chunks) {
          const bytes = chunk.reduce((sum, one) => sum + entryBytes(one), 0);
          expect(chunk.length).toBeLessThanOrEqual(10);
          expect(chunk.length === 1 || bytes <= 256 * KB).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('an event becomes an entry', () => {
  it('of its capability and type, with the event as its detail', () => {
    const event = someEvent('t1', { data: { amount: { amount: '10.00', currency: 'CNY' } } });
    const { Source, DetailType, EventBusName, Detail = '' } = toEntry('ledger', 'bus', event);
    expect([Source, DetailType, EventBusName]).toEqual(['yudao.ledger', 'ledger.transfer-posted.v1', 'bus']);
    expect(JSON.parse(Detail)).toEqual(event);
  });
  it('but not when it is larger than the bus takes', () => {
    const huge = someEvent('t1', { data: 'x'.repeat(KB * KB) });
    expect(() => toEntry('ledger', 'bus', huge)).toThrow(/t1 .* has \d+ bytes/);
  });
  it('but not when it holds an amount as a bigint', () => {
    expect(() => toEntry('ledger', 'bus', someEvent('t1', { data: { amount: 1n } }))).toThrow(TypeError);
  });
});

describe('what the bus refuses', () => {
  it('is sent again alone, until it is taken', async () => {
    answer((detail, call) => ['2', '4'].includes(detail) && call < 3);
    expect(await publishEntries(bus, entries(5))).toEqual({ published: 5 });
    expect(calls()).toEqual([
      ['0', '1', '2', '3', '4'],
      ['2', '4'],
      ['2', '4'],
    ]);
    expect(waits).toEqual([1, 2]);
  });
  it('for good stops the publishing: what stands behind it does not go ahead', async () => {
    answer((detail) => detail === '12');
    const { published, fault } = await publishEntries(bus, entries(25));
    expect(published).toBe(12);
    expect(String(fault)).toContain('ThrottlingException slow down');
    expect(calls().flat()).not.toContain('20');
    expect(calls()).toHaveLength(1 + 5);
  });
  it('as a whole call, by an error, is tried as often', async () => {
    mock.on(PutEventsCommand).rejects(new Error('no route'));
    const { published, fault } = await publishEntries(bus, entries(3));
    expect([published, String(fault)]).toEqual([0, 'Error: no route']);
    expect(calls()).toHaveLength(5);
  });
  it('by an answer that says nothing of it counts as refused', async () => {
    mock.on(PutEventsCommand).resolves({ Entries: [] });
    const { published, fault } = await publishEntries(bus, entries(2));
    expect([published, String(fault)]).toEqual([0, 'Error: The bus refused an event: no answer']);
  });
});

it('nothing to publish calls nobody', async () => {
  expect(await publishEntries(bus, [])).toEqual({ published: 0 });
  expect(calls()).toEqual([]);
});

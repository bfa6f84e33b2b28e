import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { batchConsumerHandler, consumerHandler } from '../../../shared/events/consume.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { setClockSource } from '../../../shared/time/clock.ts';
import { envelopeOf, queueMessage, someEvent } from '../../support/events.ts';

const lines: string[] = [];
setLogSink((line) => lines.push(line));
setClockSource(() => Date.parse('2026-03-02T02:00:00Z'));
afterAll(() => {
  setLogSink((line) => process.stdout.write(`${line}\n`));
  setClockSource(Date.now);
});

let handled: { event: DomainEvent; now: Date }[] = [];
beforeEach(() => {
  handled = [];
  lines.length = 0;
});
const handler = consumerHandler(async (event, now) => {
  if (event.id === 'broken') throw new Error('account 6222021234567890123 is gone');
  handled.push({ event, now });
});

describe('the consumer', () => {
  it('hands over each event as it was published, and the instant', async () => {
    const event = someEvent('t1', { data: { amount: { amount: '10.00', currency: 'CNY' } } });
    expect(await handler({ Records: [queueMessage('m1', envelopeOf(event))] })).toEqual({ batchItemFailures: [] });
    expect(handled).toEqual([{ event, now: new Date('2026-03-02T02:00:00Z') }]);
  });

  it('reports the message that failed and takes the others', async () => {
    const messages = ['a', 'broken', 'b'].map((id) => queueMessage(`m-${id}`, envelopeOf(someEvent(id))));
    expect(await handler({ Records: messages })).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-broken' }] });
    expect(handled.map(({ event }) => event.id)).toEqual(['a', 'b']);
  });

  const event = someEvent('t1');
  it.each([
    ['no JSON', 'not json'],
    ['no object', '17'],
    ['an event without its envelope', event],
    ['an envelope of another system', { ...envelopeOf(event), source: 'aws.s3' }],
    ['an envelope whose type is not the event’s', { ...envelopeOf(event), 'detail-type': 'ledger.other.v1' }],
    ['an event without an id', envelopeOf({ ...event, id: '' })],
    ['an event without an actor', { ...envelopeOf(event), detail: { ...event, actor: undefined } }],
    ['an event at no instant', envelopeOf({ ...event, occurredAt: 'yesterday' })],
  ])('reports a message that is %s', async (_, body) => {
    const answer = await handler({ Records: [queueMessage('m1', body)] });
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    expect(handled).toEqual([]);
    expect(lines).toHaveLength(1);
  });

  it('writes one line per failure that names the event and holds neither its data nor a full number', async () => {
    const broken = someEvent('broken', { data: { payee: 'Zhang San' } });
    await handler({ Records: [queueMessage('m1', envelopeOf(broken)), queueMessage('m2', '{"secret": Zhang')] });
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'ERROR',
      messageId: 'm1',
      eventId: 'broken',
      tenant: 'demo',
    });
    expect(lines.join()).not.toMatch(/Zhang|6222021234567890123/);
  });
});

describe('the consumer of batches', () => {
  const batches: string[][] = [];
  const together = batchConsumerHandler(async (events, now) => {
    expect(now).toEqual(new Date('2026-03-02T02:00:00Z'));
    batches.push(events.map(({ id }) => id));
    if (events.some(({ id }) => id === 'all')) throw new Error('the table is gone');
    return new Map(events.filter(({ id }) => id === 'broken').map((event) => [event, new Error('it is broken')]));
  });
  const send = async (...ids: string[]) => {
    batches.length = 0;
    const messages = ids.map((id, place) =>
      queueMessage(`m${place}`, id === '' ? 'no json' : envelopeOf(someEvent(id))),
    );
    const { batchItemFailures } = await together({ Records: messages });
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };

  it('hands over all events at once, and reports those that failed and what is no event', async () => {
    expect(await send('a', '', 'broken', 'b')).toEqual(['m1', 'm2']);
    expect(batches).toEqual([['a', 'broken', 'b']]);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { messageId: 'm1' },
      { messageId: 'm2', eventId: 'broken' },
    ]);
  });

  it('reports all where all failed, and hands over nothing where there is nothing', async () => {
    expect(await send('a', 'all')).toEqual(['m0', 'm1']);
    expect(await send('')).toEqual(['m0']);
    expect(batches).toEqual([]);
  });
});

import type { DynamoDBRecord, SQSRecord } from 'aws-lambda';
import type { DomainEvent } from '../../shared/events/event.ts';

/** An event of a test, with what matters told and the rest plain. */
export function someEvent(id: string, more: Partial<DomainEvent> = {}): DomainEvent {
  return {
    id,
    type: 'ledger.transfer-posted.v1',
    tenant: 'demo',
    occurredAt: '2026-03-02T01:00:00.000Z',
    subject: id,
    actor: { client: 'treasurer', role: 'treasurer', requestId: 'req_1' },
    data: {},
    ...more,
  };
}

/** A stream record as Lambda hands it over: an item written anew, with the string attributes given. */
export function insertRecord(sequenceNumber: string, attributes: Record<string, string>): DynamoDBRecord {
  const NewImage = Object.fromEntries(Object.entries(attributes).map(([name, S]) => [name, { S }]));
  return { eventID: sequenceNumber, eventName: 'INSERT', dynamodb: { SequenceNumber: sequenceNumber, NewImage } };
}

/** A message of a queue that a rule of the bus feeds. */
export function queueMessage(messageId: string, body: unknown): SQSRecord {
  return {
    messageId,
    receiptHandle: messageId,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: 'events',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-1:000000000000:queue',
    awsRegion: 'eu-west-1',
  };
}

/** An event in the envelope that EventBridge puts around it. */
export function envelopeOf(event: DomainEvent): Record<string, unknown> {
  return {
    version: '0',
    id: 'envelope-1',
    'detail-type': event.type,
    source: 'yudao.ledger',
    account: '000000000000',
    time: '2026-03-02T01:00:01Z',
    region: 'eu-west-1',
    resources: [],
    detail: event,
  };
}

import { createHash } from 'node:crypto';
import type { AttributeValue, _Record as EngineRecord } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord, AttributeValue as EventValue } from 'aws-lambda';
import type { StreamDescription } from '../../shared/service/description.ts';
import { localAccess } from './tables.ts';

type Image = Record<string, AttributeValue>;

/** Whether a consumer asked for this record, by its item's `kind` and by the change; as the cloud's event filter has it. */
export function isWanted(record: EngineRecord, { kinds, changes }: StreamDescription): boolean {
  const kind = (record.dynamodb?.NewImage ?? record.dynamodb?.OldImage)?.kind?.S;
  if (kinds && !kinds.some((wanted) => wanted === kind)) return false;
  return !changes || changes.some((wanted) => wanted === record.eventName);
}

/** A stream record as Lambda hands it over: JSON, so bytes are base64 and times are epoch seconds. */
export function toLambdaRecord(record: EngineRecord, streamArn: string): DynamoDBRecord {
  const {
    Keys,
    NewImage,
    OldImage,
    ApproximateCreationDateTime,
    SequenceNumber = '',
    SizeBytes,
  } = record.dynamodb ?? {};
  return {
    eventID: createHash('md5').update(`${streamArn} ${SequenceNumber}`).digest('hex'),
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    eventSourceARN: streamArn,
    awsRegion: localAccess.region,
    ...(record.eventName && { eventName: record.eventName }),
    dynamodb: {
      ...(Keys && { Keys: toEventImage(Keys) }),
      ...(NewImage && { NewImage: toEventImage(NewImage) }),
      ...(OldImage && { OldImage: toEventImage(OldImage) }),
      ...(ApproximateCreationDateTime && {
        ApproximateCreationDateTime: Math.floor(ApproximateCreationDateTime.getTime() / 1000),
      }),
      SequenceNumber,
      ...(SizeBytes !== undefined && { SizeBytes }),
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  };
}

function toEventImage(image: Image): Record<string, EventValue> {
  return Object.fromEntries(Object.entries(image).map(([name, value]) => [name, toEventValue(value)]));
}

function toEventValue(value: AttributeValue): EventValue {
  if (value.B) return { B: toBase64(value.B) };
  if (value.BS) return { BS: value.BS.map(toBase64) };
  if (value.L) return { L: value.L.map(toEventValue) };
  if (value.M) return { M: toEventImage(value.M) };
  return value as EventValue;
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

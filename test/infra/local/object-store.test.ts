import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { S3Event, SQSEvent } from 'aws-lambda';
import { expect, onTestFinished, test } from 'vitest';
import { callJson, startTiny } from '../../support/tiny-system.ts';

const MEGABYTE = 1024 * 1024;

test('what is put can be read, whole and in ranges, until it is deleted', async () => {
  await startStore();
  const place = { Bucket: process.env.BUCKET_TINY, Key: 'notes/a b&c.txt' };
  const s3 = openClient();
  await s3.send(new PutObjectCommand({ ...place, Body: 'hello world', ContentType: 'text/plain' }));
  const whole = await s3.send(new GetObjectCommand(place));
  expect([await whole.Body?.transformToString(), whole.ContentType]).toEqual(['hello world', 'text/plain']);
  const part = await s3.send(new GetObjectCommand({ ...place, Range: 'bytes=6-8' }));
  expect([await part.Body?.transformToString(), part.ContentRange]).toEqual(['wor', 'bytes 6-8/11']);
  const tail = await s3.send(new GetObjectCommand({ ...place, Range: 'bytes=-5' }));
  expect(await tail.Body?.transformToString()).toBe('world');
  const head = await s3.send(new HeadObjectCommand(place));
  // The MD5 of "hello world".
  expect([head.ContentLength, head.ETag]).toEqual([11, '"5eb63bbbe01eeed093cb22bb8f5acdc3"']);
  await s3.send(new DeleteObjectCommand(place));
  await expect(s3.send(new GetObjectCommand(place))).rejects.toThrow(NoSuchKey);
});

test('a streamed upload arrives without its chunk framing', async () => {
  await startStore();
  const bytes = randomBytes(3 * MEGABYTE + 17);
  const place = { Bucket: process.env.BUCKET_TINY, Key: 'streamed' };
  const s3 = openClient();
  await s3.send(
    new PutObjectCommand({
      ...place,
      Body: Readable.from([bytes.subarray(0, 70_000), bytes.subarray(70_000)]),
      ContentLength: bytes.length,
    }),
  );
  const { Body } = await s3.send(new GetObjectCommand(place));
  expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(bytes)).toBe(true);
});

test('a presigned PUT under the prefix starts the function with the event of S3', async () => {
  const { system, events } = await startStore();
  const key = 'incoming/März 1.xml';
  const url = await getSignedUrl(openClient(), new PutObjectCommand({ Bucket: process.env.BUCKET_TINY, Key: key }));
  const answer = await fetch(url, { method: 'PUT', body: 'a file' });
  expect(answer.status).toBe(200);
  await system.quiesce();
  expect(events).toHaveLength(1);
  expect(events[0]?.Records[0]).toMatchObject({
    eventSource: 'aws:s3',
    eventName: 'ObjectCreated:Put',
    s3: { bucket: { name: process.env.BUCKET_TINY }, object: { key: 'incoming/M%C3%A4rz+1.xml', size: 6 } },
  });
});

test('a PUT beside the prefix starts nothing', async () => {
  const { system, events } = await startStore();
  await openClient().send(new PutObjectCommand({ Bucket: process.env.BUCKET_TINY, Key: 'other/x', Body: 'x' }));
  await system.quiesce();
  expect(events).toEqual([]);
});

test('a presigned URL is refused after its time by the system’s clock', async () => {
  const { system } = await startStore();
  const command = new PutObjectCommand({ Bucket: process.env.BUCKET_TINY, Key: 'incoming/late' });
  const url = await getSignedUrl(openClient(), command, { expiresIn: 900 });
  await callJson(system.url, '/local/clock', { now: new Date(Date.now() + 901_000).toISOString() });
  expect((await fetch(url, { method: 'PUT', body: 'late' })).status).toBe(403);
});

test('a bucket that no service has is not there', async () => {
  await startStore();
  const put = openClient().send(new PutObjectCommand({ Bucket: 'nobody', Key: 'x', Body: 'x' }));
  await expect(put).rejects.toMatchObject({ name: 'NoSuchBucket' });
});

async function startStore() {
  const events: S3Event[] = [];
  const system = await startTiny({
    service: { bucket: { entry: 'on-upload', prefix: 'incoming/' } },
    handlers: {
      'on-upload': ({ Records }: SQSEvent) => {
        events.push(...Records.map(({ body }) => JSON.parse(body)));
      },
    },
  });
  return { system, events };
}

/** The client as functions use it: nothing but the environment tells it where the store is. */
function openClient(): S3Client {
  const client = new S3Client({});
  onTestFinished(() => client.destroy());
  return client;
}

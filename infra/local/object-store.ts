import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ServiceDescription } from '../../shared/service/description.ts';
import { AwsChunkedDecoder } from './aws-chunked.ts';
import type { HostState } from './host-state.ts';
import type { ObjectFiles, StoredObject } from './object-files.ts';
import { queueOf, sendMessage } from './queues.ts';
import { localAccess } from './tables.ts';

/** Characters of a key, at most. (S3's own limit.) */
const KEY_LENGTH_MAX = 1_024;

interface Place {
  readonly bucket: string;
  readonly key: string;
}

export interface ObjectStoreParts {
  readonly state: HostState;
  readonly files: ObjectFiles;
  readonly services: readonly ServiceDescription[];
  readonly now: () => Date;
  /** Called when an event was put into a queue. */
  readonly delivered: () => void;
}

export function bucketName(service: string): string {
  return `yudao-${service}`;
}

/**
 * The object store that functions and uploaders talk to: PUT, GET (with Range), HEAD and DELETE of S3's own protocol, path
 * style, presigned or signed. An object put under a service's prefix starts its function by way of a queue.
 *
 * Signatures are not verified; the expiry of a presigned URL is.
 */
export class ObjectStore {
  private readonly parts: ObjectStoreParts;
  private readonly watched: ReadonlyMap<string, { prefix: string; queue: string }>;

  constructor(parts: ObjectStoreParts) {
    this.parts = parts;
    this.watched = new Map(
      parts.services.flatMap(({ name, bucket }) =>
        bucket
          ? [[bucketName(name), { prefix: bucket.prefix, queue: queueOf({ service: name, entry: bucket.entry }) }]]
          : [],
      ),
    );
  }

  /** Serves one request; `path` is what stands behind the store's own address: `<bucket>/<key>`. */
  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    query: URLSearchParams,
  ): Promise<void> {
    const place = readPlace(path);
    if (!place || !this.watched.has(place.bucket)) return answerError(response, 404, 'NoSuchBucket');
    if (this.isExpired(query)) return answerError(response, 403, 'AccessDenied', 'Request has expired');
    if (request.method === 'PUT') return this.put(request, response, place);
    if (request.method === 'DELETE') return this.remove(response, place);
    if (request.method !== 'GET' && request.method !== 'HEAD') return answerError(response, 501, 'NotImplemented');
    return this.get(request, response, place);
  }

  private async put(request: IncomingMessage, response: ServerResponse, place: Place): Promise<void> {
    const { files, now } = this.parts;
    const contentType = request.headers['content-type'] ?? 'application/octet-stream';
    try {
      const object = await files.put({ ...place, contentType }, bodyOf(request), now(), (put) => this.tell(place, put));
      this.parts.delivered();
      response.writeHead(200, { etag: `"${object.etag}"`, 'content-length': 0 }).end();
    } catch (error) {
      answerError(response, 400, 'IncompleteBody', String(error));
    }
  }

  private remove(response: ServerResponse, { bucket, key }: Place): void {
    this.parts.files.remove(bucket, key);
    response.writeHead(204).end();
  }

  private async get(request: IncomingMessage, response: ServerResponse, { bucket, key }: Place): Promise<void> {
    const object = this.parts.files.find(bucket, key);
    if (!object) return answerError(response, 404, 'NoSuchKey');
    const range = readRange(request.headers.range, object.bytes);
    if (range === 'unsatisfiable') return answerError(response, 416, 'InvalidRange');
    const { start, end } = range ?? { start: 0, end: object.bytes - 1 };
    response.writeHead(range ? 206 : 200, {
      'content-length': end - start + 1,
      'content-type': object.contentType,
      etag: `"${object.etag}"`,
      'last-modified': object.modified.toUTCString(),
      'accept-ranges': 'bytes',
      ...(range && { 'content-range': `bytes ${start}-${end}/${object.bytes}` }),
    });
    if (request.method === 'HEAD' || object.bytes === 0) response.end();
    else await pipeline(this.parts.files.read(bucket, key, start, end), response);
  }

  private tell({ bucket, key }: Place, object: StoredObject): void {
    const watch = this.watched.get(bucket);
    if (watch && key.startsWith(watch.prefix)) sendMessage(this.parts.state, watch.queue, eventOf(bucket, object));
  }

  private isExpired(query: URLSearchParams): boolean {
    const [date, seconds] = [query.get('X-Amz-Date'), query.get('X-Amz-Expires')];
    if (!date || !seconds) return false;
    const signedAt = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
    return !(this.parts.now().getTime() <= signedAt + Number(seconds) * 1000);
  }
}

function readPlace(path: string): Place | undefined {
  const slash = path.indexOf('/');
  if (slash < 1) return undefined;
  try {
    const key = decodeURIComponent(path.slice(slash + 1));
    return key && key.length <= KEY_LENGTH_MAX ? { bucket: path.slice(0, slash), key } : undefined;
  } catch {
    return undefined;
  }
}

function bodyOf(request: IncomingMessage): Readable {
  const isChunked = request.headers['content-encoding']?.includes('aws-chunked');
  return isChunked ? request.compose(new AwsChunkedDecoder()) : request;
}

/** One byte range of RFC 9110 section 14.1.2; a header that is none of it is ignored, as the RFC has it. */
function readRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (!first && !last) return undefined;
  const start = first ? Number(first) : Math.max(0, size - Number(last));
  const end = first && last ? Math.min(Number(last), size - 1) : size - 1;
  return start > end ? 'unsatisfiable' : { start, end };
}

/** The notification of S3, with the key encoded as S3 does. */
function eventOf(bucket: string, { key, bytes, etag, modified }: StoredObject): string {
  const encodedKey = key.split('/').map(encodeURIComponent).join('/').replaceAll('%20', '+');
  return JSON.stringify({
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: localAccess.region,
        eventTime: modified.toISOString(),
        eventName: 'ObjectCreated:Put',
        s3: {
          s3SchemaVersion: '1.0',
          bucket: { name: bucket, arn: `arn:aws:s3:::${bucket}` },
          object: {
            key: encodedKey,
            size: bytes,
            eTag: etag,
            sequencer: modified.getTime().toString(16).toUpperCase(),
          },
        },
      },
    ],
  });
}

function answerError(response: ServerResponse, status: number, code: string, message = code): void {
  const text = message.replace(/[<&]/g, ' ');
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${text}</Message></Error>`;
  response.writeHead(status, { 'content-type': 'application/xml' }).end(body);
}

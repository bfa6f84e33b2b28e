import { type IncomingMessage, request as sendRequest } from 'node:http';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { general } from '../../shared/problems/general.ts';

/** Bytes of a file that is taken through an upload, at most. */
export const LARGE_FILE_BYTES_MAX = 100 * 1024 * 1024;

interface OpenedUpload {
  readonly id: string;
  readonly uploadUrl?: string;
}

/**
 * Passes a file that is too large for a function on to where the opened upload wants it: the bytes read so far and then
 * the rest of the request, streaming. Answers 202 with the upload and its address.
 *
 * @throws Problem 413 when the file is larger than an upload takes, 503 when the store did not take it.
 */
export async function passOn(
  opened: APIGatewayProxyResult,
  uploadsPath: string,
  begin: Buffer,
  rest: IncomingMessage,
): Promise<APIGatewayProxyResult> {
  if (opened.statusCode >= 300) return opened;
  const { id, uploadUrl } = JSON.parse(opened.body) as OpenedUpload;
  if (uploadUrl) await put(uploadUrl, begin, rest);
  else rest.resume();
  const headers = { ...opened.headers, location: opened.headers?.location ?? `${uploadsPath}/${id}` };
  return { ...opened, statusCode: 202, headers };
}

/** Refuses a file that says it is larger than an upload takes, before anything of it is read. */
export function refuseTooLarge(bytes: number, bytesMax: number): void {
  if (!(bytes > bytesMax)) return;
  throw tooLarge(`The body has ${bytes} bytes; at most ${bytesMax} are taken here.`, bytesMax);
}

function tooLarge(detail: string, bytesMax: number) {
  return general['payload-too-large'].with({ detail, bytesMax });
}

async function put(url: string, begin: Buffer, rest: IncomingMessage): Promise<void> {
  const upload = sendRequest(url, {
    method: 'PUT',
    headers: {
      'content-type': rest.headers['content-type'] ?? 'application/octet-stream',
      ...(rest.headers['content-length'] && { 'content-length': rest.headers['content-length'] }),
    },
  });
  const status = new Promise<number>((resolve, reject) => {
    upload.on('error', reject);
    upload.on('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
  });
  // Whichever of the two fails first tells why; the other one is then of no interest.
  status.catch(() => undefined);
  await pipeline(chain(begin, rest), limit(LARGE_FILE_BYTES_MAX), upload);
  if ((await status) !== 200) {
    const detail = `The store answered ${await status}. Send the file again under a new Idempotency-Key.`;
    throw general.unavailable.with({ detail });
  }
}

function chain(begin: Buffer, rest: IncomingMessage): Readable {
  return Readable.from(
    (async function* () {
      yield begin;
      yield* rest.iterator({ destroyOnReturn: false });
    })(),
    { objectMode: false },
  );
}

function limit(bytesMax: number): Transform {
  let count = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      count += chunk.length;
      if (count <= bytesMax) done(null, chunk);
      else done(tooLarge(`The body has more than ${bytesMax} bytes; no more are taken here.`, bytesMax));
    },
  });
}

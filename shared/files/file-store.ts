import { createHash, createHmac } from 'node:crypto';
import { S3RequestPresigner } from '@aws-sdk/s3-request-presigner';
import { requireEnvironment } from '../service/environment.ts';
import { FileNotWritten } from './file-not-written.ts';

/** How long an upload may begin after it was opened. */
export const uploadSecondsMax = 15 * 60;
const readSecondsMax = 15 * 60;

export type FileStore = ReturnType<typeof fileStore>;

/**
 * A bucket of files, by presigned requests alone: a caller puts a file with one, the functions read and write with
 * others. The client of the whole S3 API would double the size of the functions.
 */
export function fileStore(bucket: string) {
  const region = requireEnvironment('AWS_REGION');
  const place = locateBucket(bucket, region);
  const presigner = new S3RequestPresigner({ region, credentials: readCredentials, sha256: Sha256 });

  async function presign(method: 'GET' | 'PUT', key: string, signingDate: Date, expiresIn: number): Promise<string> {
    const { protocol, hostname, port } = place;
    const path = `${place.pathname}${key.split('/').map(encodeURIComponent).join('/')}`;
    const host = place.host;
    const request = {
      method,
      protocol,
      hostname,
      path,
      query: {},
      headers: { host },
      ...(port && { port: Number(port) }),
    };
    const { query = {} } = await presigner.presign(request, { signingDate, expiresIn });
    const parameters = Object.entries(query).map(
      ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
    );
    return `${place.origin}${path}?${parameters.join('&')}`;
  }

  return {
    /** A URL to PUT a file to until `uploadSecondsMax` after `signedAt`; the same URL for the same instant. */
    uploadUrl: (key: string, signedAt: Date) => presign('PUT', key, signedAt, uploadSecondsMax),

    /**
     * Writes a whole file, over what lies there. Throws FileNotWritten where the store refuses it, for the request or for
     * being busy. Whatever else it throws, the file may have been written, or still be.
     */
    async write(key: string, bytes: Uint8Array<ArrayBuffer>, now: Date): Promise<void> {
      const answer = await fetch(await presign('PUT', key, now, uploadSecondsMax), { method: 'PUT', body: bytes });
      if (answer.ok) return;
      if (answer.status < 500 || answer.status === 503) throw new FileNotWritten(answer.status);
      throw new Error(`Writing a file answered ${answer.status}.`);
    },

    /** Reads a file from its beginning at every call: the version of the first call, or it throws (status 412). */
    reader(key: string, now: Date): () => AsyncGenerator<Uint8Array> {
      let version: string | undefined;
      return async function* () {
        const headers = version === undefined ? {} : { 'If-Match': version };
        const answer = await fetch(await presign('GET', key, now, readSecondsMax), { headers });
        if (!answer.ok || !answer.body) throw new Error(`Reading a file answered ${answer.status}.`);
        version ??= answer.headers.get('ETag') ?? undefined;
        yield* answer.body;
      };
    },
  };
}

/** Path style at an endpoint of the environment, else the bucket's own host. */
function locateBucket(bucket: string, region: string): URL {
  const endpoint = process.env.AWS_ENDPOINT_URL_S3;
  if (endpoint) return new URL(`${bucket}/`, endpoint.endsWith('/') ? endpoint : `${endpoint}/`);
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return new URL(`https://${bucket}.s3.${region}.${domain}/`);
}

/** The function's role, as Lambda hands it over. */
async function readCredentials() {
  const sessionToken = process.env.AWS_SESSION_TOKEN;
  return {
    accessKeyId: requireEnvironment('AWS_ACCESS_KEY_ID'),
    secretAccessKey: requireEnvironment('AWS_SECRET_ACCESS_KEY'),
    ...(sessionToken && { sessionToken }),
  };
}

/** SHA-256 and its HMAC in the shape that the signer asks for. */
class Sha256 {
  private readonly secret: string | Uint8Array | undefined;
  private hash: ReturnType<typeof createHash> | ReturnType<typeof createHmac>;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.secret = secret === undefined || typeof secret === 'string' ? secret : bytesOf(secret);
    this.hash = this.begin();
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(typeof data === 'string' ? data : bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }

  reset(): void {
    this.hash = this.begin();
  }

  private begin() {
    return this.secret === undefined ? createHash('sha256') : createHmac('sha256', this.secret);
  }
}

function bytesOf(data: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}

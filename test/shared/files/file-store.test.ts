import { createHash, createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FileNotWritten } from '../../../shared/files/file-not-written.ts';
import { fileStore } from '../../../shared/files/file-store.ts';

const key = 'statements/demo/upl_1';
const signedAt = new Date('2026-03-02T06:00:00.000Z');

/** Signature Version 4 of a presigned request with the host as its only header, written out from AWS's description. */
function signatureOf(url: URL, secret: string): string {
  const query = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const canonicalQuery = query
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  const request = ['PUT', url.pathname, canonicalQuery, `host:${url.host}\n`, 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  const hash = createHash('sha256').update(request).digest('hex');
  const text = ['AWS4-HMAC-SHA256', '20260302T060000Z', '20260302/eu-west-1/s3/aws4_request', hash].join('\n');
  const keys = ['20260302', 'eu-west-1', 's3', 'aws4_request'];
  const signingKey = keys.reduce<string | Buffer>(
    (secretSoFar, part) => createHmac('sha256', secretSoFar).update(part).digest(),
    `AWS4${secret}`,
  );
  return createHmac('sha256', signingKey).update(text).digest('hex');
}

describe('the URL of an upload', () => {
  beforeEach(() => {
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    vi.stubEnv('AWS_SESSION_TOKEN', '');
    vi.stubEnv('AWS_ENDPOINT_URL_S3', '');
  });
  afterEach(() => vi.unstubAllEnvs());

  it('is signed as S3 checks it', async () => {
    const url = new URL(await fileStore('files').uploadUrl(key, signedAt));
    expect(url.host).toBe('files.s3.eu-west-1.amazonaws.com');
    expect(url.pathname).toBe('/statements/demo/upl_1');
    expect(url.searchParams.get('X-Amz-Expires')).toBe('900');
    expect(url.searchParams.get('X-Amz-Signature')).toBe(signatureOf(url, 'secret'));
  });

  it('names the bucket in the path at an endpoint of the environment', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_S3', 'http://127.0.0.1:4520');
    const url = new URL(await fileStore('files').uploadUrl(key, signedAt));
    expect(`${url.origin}${url.pathname}`).toBe('http://127.0.0.1:4520/files/statements/demo/upl_1');
    expect(url.searchParams.get('X-Amz-Signature')).toBe(signatureOf(url, 'secret'));
  });

  it('is that of the partition in China', async () => {
    vi.stubEnv('AWS_REGION', 'cn-north-1');
    expect(await fileStore('files').uploadUrl(key, signedAt)).toContain('files.s3.cn-north-1.amazonaws.com.cn/');
  });
});

describe('a file that is read twice', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
  });

  it('is the same version at both times, or not read', async () => {
    for (const name of ['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, 'test');
    let version = '"v1"';
    vi.stubGlobal('fetch', async (_: string, { headers }: { headers: Record<string, string> }) => {
      const asked = headers['If-Match'];
      if (asked !== undefined && asked !== version) return new Response(null, { status: 412 });
      return new Response(`bytes of ${version}`, { headers: { ETag: version } });
    });
    const read = fileStore('files').reader(key, signedAt);
    const text = async () => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of read()) chunks.push(chunk);
      return Buffer.concat(chunks).toString();
    };
    expect(await text()).toBe('bytes of "v1"');
    expect(await text()).toBe('bytes of "v1"');
    version = '"v2"';
    await expect(text()).rejects.toThrow('answered 412');
  });
});

describe('a file that is written', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
  });

  it('is put whole, or the call fails', async () => {
    for (const name of ['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, 'test');
    const put: { path: string; method: string | undefined; text: string }[] = [];
    let status = 200;
    vi.stubGlobal('fetch', async (url: string, { method, body }: { method: string; body: Uint8Array }) => {
      put.push({ path: new URL(url).pathname, method, text: Buffer.from(body).toString() });
      return new Response(null, { status });
    });
    const write = () => fileStore('files').write('outbox/demo/a%2Fb.xml', new TextEncoder().encode('<a/>'), signedAt);
    await write();
    expect(put).toEqual([{ path: '/outbox/demo/a%252Fb.xml', method: 'PUT', text: '<a/>' }]);
    for (status of [403, 503]) await expect(write()).rejects.toThrow(new FileNotWritten(status));
    // What failed on its way may have been written.
    for (status of [500, 504]) {
      await expect(write()).rejects.not.toBeInstanceOf(FileNotWritten);
      await expect(write()).rejects.toThrow(`answered ${status}`);
    }
  });
});

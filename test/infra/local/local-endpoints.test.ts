import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type System, startSystem } from '../../../infra/local/system.ts';

const instant = '2026-03-02T01:30:00Z';

async function send(url: string, init: RequestInit = {}) {
  const answer = await fetch(url, init);
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) };
}

describe('what only the local host has', () => {
  let system: System;
  let url = '';
  beforeAll(async () => {
    system = await startSystem({ port: 0, quiet: true, services: [], plans: [] });
    url = system.url;
  });
  afterAll(() => system.stop());
  const clock = (body: unknown, headers = {}) =>
    send(`${url}/local/clock`, { method: 'POST', body: JSON.stringify(body), headers });

  test.each([
    ['POST', '/local/clock'],
    ['GET', '/local/events'],
    ['POST', '/local/quiesce'],
    ['POST', '/local/bus/'],
    ['PUT', '/local/s3/statements/uploads/x'],
  ])('is refused to web pages: %s %s', async (method, path) => {
    const headers = { origin: 'https://page.example' };
    expect(await send(url + path, { method, headers })).toMatchObject({
      status: 403,
      body: { code: 'local/web-page', errors: [{ header: 'Origin' }] },
    });
  });

  test.each([
    ['DELETE', '/local/clock', 'GET, POST, HEAD'],
    ['GET', '/local/quiesce', 'POST'],
    ['POST', '/local/events', 'GET, HEAD'],
    ['GET', '/local/bus/', 'POST'],
    ['GET', '/oauth2/token', 'POST'],
    ['POST', '/.well-known/jwks.json', 'GET, HEAD'],
  ])('is refused by a method it does not take: %s %s', async (method, path, allow) => {
    const { status, headers, body } = await send(url + path, { method });
    expect([status, headers.get('allow'), body.code]).toEqual([405, allow, 'request/method-not-allowed']);
  });

  test('names every unknown field of the clock', async () => {
    const { status, body } = await clock({ now: instant, zone: 'UTC', by: 1 });
    expect(status).toBe(400);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/zone', '/by']);
  });

  test('does not move the clock back, nor by more than a hundred years', async () => {
    for (const now of [instant.replace('2026', '1999'), instant.replace('2026', '9026')]) {
      expect(await clock({ now })).toMatchObject({ status: 400, body: { errors: [{ pointer: '/now' }] } });
    }
  });

  test.each([
    ['/local/clock', 64 * 1024],
    ['/oauth2/token', 16 * 1024],
    ['/local/bus/', 2 * 1024 * 1024],
  ])('refuses a body that %s does not take for its size', async (path, bytesMax) => {
    const { status, body } = await send(url + path, { method: 'POST', body: ' '.repeat(bytesMax + 1) });
    expect([status, body.code]).toEqual([413, 'request/payload-too-large']);
  });

  test('names its refusal by the caller’s own request id', async () => {
    const { headers, body } = await clock({}, { 'x-request-id': 'mine-1' });
    expect([headers.get('x-request-id'), body.requestId]).toEqual(['mine-1', 'mine-1']);
  });
});

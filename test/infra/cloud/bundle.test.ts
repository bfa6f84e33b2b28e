import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../../functions/catalogue.ts';
import { type Bundle, bundleFile, bundleFunctions } from '../../../infra/bundle.ts';
import { entriesOf } from '../../../infra/cloud/entries.ts';
import type { RouteDescription } from '../../../shared/service/description.ts';
import { proxyEvent } from '../../shared/http/tiny-service.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { samples } from './sample-services.ts';

/** The largest are the APIs of settlement and of receivables, of which the tables of simplified characters are a tenth. */
const BYTES_MAX = 640 * 1024;
const services = catalogue.map(({ service }) => service);
const run = promisify(execFile);

describe('the bundles', () => {
  let outdir = '';
  let bundles: readonly Bundle[] = [];
  quietLog();

  beforeAll(async () => {
    outdir = mkdtempSync(join(tmpdir(), 'yudao-bundles-'));
    bundles = await bundleFunctions(services, { outdir });
  });

  afterAll(() => rmSync(outdir, { recursive: true, force: true }));

  test('are one for each function of the catalogue', () => {
    expect(bundles.map(({ service, entry }) => ({ service, entry }))).toEqual(entriesOf(services));
    for (const { directory } of bundles) expect(existsSync(join(directory, bundleFile))).toBe(true);
  });

  test(`have at most ${BYTES_MAX} bytes each`, () => {
    const large = bundles
      .filter(({ bytes }) => bytes > BYTES_MAX)
      .map(({ service, entry, bytes }) => `${service}/${entry}: ${bytes}`);
    expect(large).toEqual([]);
    for (const { directory, bytes } of bundles) expect(statSync(join(directory, bundleFile)).size).toBe(bytes);
  });

  /** Outside the project there are no packages to fall back to, as there are none in Lambda. */
  test('load alone and export a handler', async () => {
    const urls = bundles.map(({ directory }) => pathToFileURL(join(directory, bundleFile)).href);
    const kinds = `const kinds = []; for (const url of ${JSON.stringify(urls)}) kinds.push(typeof (await import(url)).handler);`;
    expect(await answerAlone(outdir, kinds, 'kinds')).toEqual(bundles.map(() => 'function'));
  });

  test('hold examples in the reference only', () => {
    const holding = bundles.filter(({ directory }) =>
      readFileSync(join(directory, bundleFile), 'utf8').includes('买家未收到货'),
    );
    expect(holding.map(({ service, entry }) => `${service}/${entry}`)).toEqual(['reference/api']);
  });

  test('say what requests mean in the reference only', () => {
    const telling = bundles.filter(({ directory }) =>
      readFileSync(join(directory, bundleFile), 'utf8').includes(
        'Of the order as a whole: what is not split goes back first.',
      ),
    );
    expect(telling.map(({ service, entry }) => `${service}/${entry}`)).toEqual(['reference/api']);
  });

  test('check requests just as their code does', async () => {
    const events = catalogue.flatMap(({ service, contract }) =>
      (service.routes ?? [])
        .filter(({ access, operation }) => access !== 'PUBLIC' && contract[operation]?.body)
        .map((route) => ({ service: service.name, event: malformedCall(route) })),
    );
    expect(events.length).toBeGreaterThan(50);
    const calls = events.map(({ service, event }) => ({ file: fileOf(bundles, service), event }));
    const asking = `const answers = []; for (const { file, event } of ${JSON.stringify(calls)}) {
        const { statusCode, body } = await (await import(file)).handler(event, {});
        answers.push({ statusCode, body });
      }`;
    const answers = await answerAlone(outdir, asking, 'answers');
    const expected = [];
    for (const { service, event } of events) {
      const { handler } = await import(`../../../functions/${service}/api.ts`);
      const { statusCode, body } = await handler(event, {});
      expected.push({ statusCode, body });
    }
    expect(expected.every(({ statusCode }) => statusCode === 400)).toBe(true);
    expect(answers).toEqual(expected);
  });

  test('are refused where a function’s file is not there', async () => {
    const missing = expect.objectContaining({ text: expect.stringContaining('functions/orders/api') });
    await expect(bundleFunctions(samples, { outdir })).rejects.toMatchObject({
      errors: expect.arrayContaining([missing]),
    });
  });
});

/** The value of a name after a script, run in a process of its own; before it, functions may write their log. */
async function answerAlone(cwd: string, script: string, value: string): Promise<unknown> {
  const whole = `${script} console.log(JSON.stringify(${value}));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', whole], {
    cwd,
    env: { AWS_REGION: 'eu-west-1' },
  });
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
}

function fileOf(bundles: readonly Bundle[], service: string): string {
  const directory = bundles.find((one) => one.service === service && one.entry === 'api')?.directory ?? '';
  return pathToFileURL(join(directory, bundleFile)).href;
}

/** A call of somebody who may make it, with a field that no body has and nothing of what it should have. */
function malformedCall({ method, path, access }: RouteDescription) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, 'none']);
  const claims = { tenant: 'demo', role: access === 'PUBLIC' ? '' : (access[0] ?? ''), client: 'somebody' };
  const headers = { 'x-request-id': 'one-and-the-same' };
  const body = { fieldOfNoBody: 1 };
  return proxyEvent({ method, resource: path, headers, path: Object.fromEntries(names), body, claims });
}

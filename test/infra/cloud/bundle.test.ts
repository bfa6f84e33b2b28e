import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../../functions/catalogue.ts';
import { type Bundle, bundleFile, bundleFunctions } from '../../../infra/bundle.ts';
import { entriesOf } from '../../../infra/cloud/entries.ts';
import { samples } from './sample-services.ts';

/** The largest are the APIs of receivables, of which the table of simplified characters is a sixth, and of settlement. */
const BYTES_MAX = 712 * 1024;
const services = catalogue.map(({ service }) => service);
const run = promisify(execFile);

describe('the bundles', () => {
  let outdir = '';
  let bundles: readonly Bundle[] = [];

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
    const imports = bundles.map(({ directory }) => pathToFileURL(join(directory, bundleFile)).href);
    const script = `const kinds = []; for (const url of ${JSON.stringify(imports)}) kinds.push(typeof (await import(url)).handler); console.log(JSON.stringify(kinds));`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
      cwd: outdir,
      env: { AWS_REGION: 'eu-west-1' },
    });
    expect(JSON.parse(stdout)).toEqual(bundles.map(() => 'function'));
  });

  test('are refused where a function’s file is not there', async () => {
    await expect(bundleFunctions(samples, { outdir })).rejects.toThrow(/functions\/orders\/api/);
  });
});

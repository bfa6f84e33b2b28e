import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { catalogue } from '../../functions/catalogue.ts';
import { bundleFile, bundleFunctions } from '../../infra/bundle.ts';

/** What each function weighs, and how long it takes to load in a new process (the part of a cold start that is ours). */
export interface BundleRow {
  readonly function: string;
  readonly kilobytes: number;
  readonly initMs: number;
}

const runs = 5;

export async function benchBundles(): Promise<BundleRow[]> {
  const outdir = mkdtempSync(join(tmpdir(), 'yudao-bundles-'));
  try {
    const bundles = await bundleFunctions(
      catalogue.map(({ service }) => service),
      { outdir },
    );
    const rows: BundleRow[] = [];
    for (const { service, entry, directory, bytes } of bundles) {
      const initMs = await measureInit(join(directory, bundleFile));
      rows.push({ function: `${service}/${entry}`, kilobytes: Math.round(bytes / 102.4) / 10, initMs });
    }
    return rows;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** The median of several loads, each in a process of its own. */
async function measureInit(file: string): Promise<number> {
  const script = `const s=performance.now();await import(${JSON.stringify(pathToFileURL(file).href)});console.log(performance.now()-s);process.exit(0)`;
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      env: environment(),
    });
    times.push(Number(stdout));
  }
  times.sort((a, b) => a - b);
  return Math.round((times[Math.floor(runs / 2)] ?? 0) * 10) / 10;
}

function environment(): NodeJS.ProcessEnv {
  const names = catalogue.map(({ service }) => service.name.toUpperCase());
  const tables = Object.fromEntries(
    names.flatMap((name) => [
      [`TABLE_${name}`, 'table'],
      [`BUCKET_${name}`, 'bucket'],
    ]),
  );
  const settings = {
    AWS_REGION: 'eu-west-1',
    EVENT_BUS: 'bus',
    ISSUER_URL: 'https://issuer.example',
    NUMBER_HASH_KEY: 'key',
  };
  return { ...process.env, ...tables, ...settings };
}

import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../../support/engines.ts';
import { ledgerOnEngine, type TestLedger } from '../../support/ledger.ts';
import { playScenario } from '../../support/scenario.ts';

const folder = new URL('./scenarios/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));

describe.each(engines())('golden scenarios on $kind', ({ kind }) => {
  let ledger: TestLedger;
  beforeAll(async () => {
    ledger = await ledgerOnEngine(kind);
  });
  afterAll(() => ledger?.close());

  it.each(files)('%s', async (file) => {
    const failures = await playScenario(
      ledger,
      file.slice(0, 2).concat('-scenario'),
      readFileSync(new URL(file, folder), 'utf8'),
    );
    expect(failures.join('\n')).toBe('');
  });
});

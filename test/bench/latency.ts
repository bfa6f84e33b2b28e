import { ApiClient, expectSuccess } from '../../infra/local/demo/api-client.ts';
import { startSystem } from '../../infra/local/system.ts';
import { statementFile } from './statement-files.ts';

/** Latency and throughput over HTTP against a local system in memory, engine and all on this machine. */
export interface LatencyRow {
  readonly call: string;
  readonly atOnce: number;
  readonly calls: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

const accounts = 50;

export async function benchLatency(): Promise<LatencyRow[]> {
  const system = await startSystem({ port: 0, memory: true, quiet: true });
  try {
    const api = await ApiClient.signIn(system.url, 'treasurer', 'local-only');
    const ids: string[] = [];
    for (let n = 0; n < accounts; n++) {
      const body = { currency: 'CNY', holder: 'Bench', constraint: { type: 'NONE' } };
      ids.push(expectSuccess(await api.post('/v1/accounts', body, `open-${n}`)).id);
    }
    const id = (n: number) => ids[n % accounts] ?? '';
    const transfer = (key: string) => (n: number) => {
      const legs = [
        { debitAccountId: id(n), creditAccountId: id(n * 7 + 1), amount: { amount: '1.00', currency: 'CNY' } },
      ];
      return api.post('/v1/transfers', { legs }, `${key}-${n}`);
    };
    const batch = (n: number) => {
      const transfers = Array.from({ length: 50 }, (_, line) => ({
        idempotencyKey: `batch-${n}-${line}`,
        legs: [
          { debitAccountId: id(line), creditAccountId: id(line + 1), amount: { amount: '1.00', currency: 'CNY' } },
        ],
      }));
      return api.post('/v1/transfers/batch', { transfers });
    };
    const files = await Promise.all([0, 1, 2, 3, 4].map((n) => fileOf(n)));
    const statement = (n: number) => api.sendFile('/v1/statements', files[n] ?? new Uint8Array(), `file-${n}`);
    const rows: LatencyRow[] = [];
    const calls: Parameters<typeof measure>[] = [
      ['transfer', 1, 500, transfer('one')],
      ['transfer', 16, 3_000, transfer('many')],
      ['batch of 50 transfers', 1, 60, batch],
      ['balance', 1, 500, (n) => api.get(`/v1/accounts/${id(n)}/balance`)],
      ['balance', 16, 3_000, (n) => api.get(`/v1/accounts/${id(n)}/balance`)],
      ['entries, first 100', 1, 200, (n) => api.get(`/v1/accounts/${id(n)}/entries`)],
      ['statement import, 1 MB of camt.053', 1, files.length, statement],
    ];
    for (const call of calls) {
      rows.push(await measure(...call));
      // What the streams still have to tell must not weigh on the next figure.
      await system.quiesce();
    }
    return rows;
  } finally {
    await system.stop();
  }
}

async function fileOf(n: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of statementFile('camt.053', 1e6)) chunks.push(chunk);
  // Another statement each time: the same one again is not imported.
  return new Uint8Array(
    Buffer.from(
      Buffer.concat(chunks)
        .toString()
        .replace(/<Id>(?!<)/, `<Id>${n}-`),
    ),
  );
}

async function measure(
  call: string,
  atOnce: number,
  calls: number,
  run: (n: number) => Promise<{ status: number; body: unknown }>,
): Promise<LatencyRow> {
  const times: number[] = [];
  let next = 0;
  const started = performance.now();
  async function worker(): Promise<void> {
    for (let n = next++; n < calls; n = next++) {
      const begun = performance.now();
      const { status, body } = await run(n);
      if (status >= 300) throw new Error(`${call} was answered with ${status}: ${JSON.stringify(body)}`);
      times.push(performance.now() - begun);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker));
  const seconds = (performance.now() - started) / 1_000;
  times.sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) * 10) / 10;
  return {
    call,
    atOnce,
    calls,
    perSecond: Math.round(calls / seconds),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
  };
}

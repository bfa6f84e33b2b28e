import { parseArgs } from 'node:util';
import { ApiClient, expectSuccess } from './demo/api-client.ts';
import type { Time } from './demo/collection-day.ts';
import { importFolder } from './demo/import-statements.ts';
import { reportStatements } from './demo/report-statements.ts';
import { runTreasuryDay } from './demo/treasury-day.ts';
import { type System, startSystem } from './system.ts';

const usage = `npm run demo                                a treasury day on a system of its own
npm run demo -- --url http://localhost:3000  the same against a running one
npm run demo -- --statements FOLDER          import every bank file of a folder and print what is in them`;

try {
  await main();
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      statements: { type: 'string' },
      secret: { type: 'string', default: 'local-only' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const own = values.url === undefined ? await startSystem({ port: 0, memory: true, quiet: true }) : undefined;
  const url = values.url ?? own?.url ?? '';
  try {
    console.log(own ? `A system of its own runs at ${url}, in memory.\n` : `Against ${url}.\n`);
    const treasurer = await ApiClient.signIn(url, 'treasurer', values.secret);
    if (values.statements === undefined) {
      const signIn = (client: string) => ApiClient.signIn(url, client, values.secret);
      await runTreasuryDay(treasurer, signIn, own && timeOf(own, () => signIn('treasurer')));
    } else {
      console.log(`\n${reportStatements(await importFolder(treasurer, values.statements))}`);
    }
  } finally {
    await own?.stop();
  }
}

/** Moves the clock of a system of its own; that of another is not the demo's to move. */
function timeOf(own: System, signIn: () => Promise<ApiClient>): Time {
  return {
    now: async () => new Date(expectSuccess(await (await signIn()).get('/local/clock')).now),
    until: async (instant) => {
      await own.quiesce();
      expectSuccess(await (await signIn()).post('/local/clock', { now: instant.toISOString() }));
      await own.quiesce();
      return await signIn();
    },
  };
}

/** What a person can do about it; `fetch` hides the reason in the cause. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: string };
  if (code?.startsWith('ERR_PARSE_ARGS')) return `${error.message}\n\n${usage}`;
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

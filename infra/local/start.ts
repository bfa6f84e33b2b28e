import { parseArgs } from 'node:util';
import { clientSecret, seededClients } from './seeded-clients.ts';
import { type System, startSystem } from './system.ts';

const usage = `npm start                 the whole system on this machine, on port 3000
npm start -- --memory     the same, keeping nothing
npm start -- --reset      the same, beginning anew
npm start -- --verbose    with one line per request

Environment: PORT, YUDAO_DIR (default .yudao), DYNAMODB_ENDPOINT (a DynamoDB that runs already)`;

const PORT = 3000;
const DIRECTORY = '.yudao';
/** What is still under way then is cut off; nothing acknowledged is lost by it. */
const STOP_MS_MAX = 10_000;

try {
  const options = readOptions();
  if (options) await run(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function run(options: Parameters<typeof startSystem>[0]): Promise<void> {
  const began = performance.now();
  const system = await startSystem(options);
  console.log(describe(system, performance.now() - began));
  const ending = Promise.withResolvers<number>();
  // npm passes a Ctrl-C on that the terminal has sent as well: a second signal changes nothing.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => ending.resolve(0));
  system.failed.then((words) => {
    console.error(`The database ended: ${words}`);
    ending.resolve(1);
  });
  const code = await ending.promise;
  setTimeout(() => process.exit(1), STOP_MS_MAX).unref();
  await system.stop();
  process.exit(code);
}

function readOptions(): Parameters<typeof startSystem>[0] | undefined {
  const { values } = parseArgs({
    options: {
      memory: { type: 'boolean', default: false },
      reset: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return undefined;
  }
  const { memory, reset, verbose } = values;
  const port = process.env.PORT || String(PORT);
  const directory = process.env.YUDAO_DIR || DIRECTORY;
  const endpoint = process.env.DYNAMODB_ENDPOINT;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new Error(`PORT is '${port}'; it must be 0 to 65535.`);
  return { port: Number(port), directory, memory, reset, verbose, ...(endpoint && { endpoint }) };
}

function describe({ url, engine, directory }: System, milliseconds: number): string {
  const [first, second] = ['', '-2'].map((suffix) =>
    seededClients.filter(({ id }) => id.endsWith('-2') === (suffix === '-2')).map(({ id }) => id),
  );
  return `
Yudao runs. (${(milliseconds / 1000).toFixed(1)} s)

  API        ${url}
  Reference  ${url}/docs
  Tokens     POST ${url}/oauth2/token
  Clients    ${first?.join(', ')}   (tenant demo)
             ${second?.join(', ')}   (tenant demo2)
  Secret     ${clientSecret}
  Data       ${directory ?? 'in memory; gone when it stops'}   (engine: ${engine})
  Stop       Ctrl-C
`;
}

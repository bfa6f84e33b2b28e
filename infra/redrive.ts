import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { catalogue } from '../functions/catalogue.ts';
import { dynamo } from '../shared/dynamo/client.ts';
import { redriveEvents } from '../shared/events/redrive.ts';
import type { RelaySettings } from '../shared/events/relay.ts';
import { requireEnvironment } from '../shared/service/environment.ts';
import { tableVariable } from './cloud/names.ts';

const usage = `npm run redrive -- SERVICE FROM TO
Publishes again the events of a capability that occurred between two instants, as
  npm run redrive -- ledger 2026-03-02T00:00:00Z 2026-03-03T00:00:00Z
What an item that changes does not remember the time of has that of its last change: let TO be the present.
Consumers know an event by its id, so one that was told already changes nothing. Reads the whole table.

npm run redrive -- settlement/on-order FROM TO
Has a consumer of a table's stream make good what it never saw. Of settlement: lines of the journal that orders mean which
were changed last between the two instants, and not in the last 25 hours, and what of the journal is not booked. What
is written already is not written again. Reads the whole table twice.

Environment: TABLE_<SERVICE>, EVENT_BUS, AWS_REGION, credentials, and what the capability's functions read.`;

const [target = '', from, to] = process.argv.slice(2);
const [name, consumer] = target.split('/');
const service = catalogue.map((entry) => entry.service).find((one) => one.name === name && one.publishes);
const isConsumer = consumer === undefined || service?.streams?.some(({ entry }) => entry === consumer);
const isInstant = (text: string | undefined): text is string => text !== undefined && !Number.isNaN(Date.parse(text));
if (!service || !isConsumer || !isInstant(from) || !isInstant(to)) explain();
const time = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };

if (consumer === undefined) {
  const { toEvents }: Pick<RelaySettings, 'toEvents'> = await import(`../functions/${service.name}/on-change.ts`);
  const published = await redriveEvents({
    service: service.name,
    toEvents,
    client: dynamo(),
    table: requireEnvironment(tableVariable(service.name)),
    bus: { client: new EventBridgeClient({}), name: requireEnvironment('EVENT_BUS') },
    ...time,
  });
  console.log(`${published} events of ${service.name} were published again.`);
} else {
  const { redrive } = await import(`../functions/${service.name}/${consumer}.ts`);
  if (typeof redrive !== 'function') explain();
  console.log(await redrive(time.from, time.to));
}

function explain(): never {
  console.error(usage);
  process.exit(1);
}

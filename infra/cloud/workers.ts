import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { FunctionSettings, ServiceDescription } from '../../shared/service/description.ts';
import { CapabilityFunction, type CodeOf } from './capability-function.ts';
import type { DataStack } from './data-stack.ts';
import { settingsOf } from './entries.ts';
import { toFunctionId } from './names.ts';
import { scheduleRuns } from './schedule.ts';
import { checkStreamConsumers, consumeStream } from './stream-consumer.ts';
import { subscribe, takeFrom } from './subscription.ts';

/** Uploaded files per run: one may take all the time that a function has. */
const FILES_PER_RUN = 1;

/** A function that no caller waits for, and the queue of what it could not handle. */
export interface Worker {
  readonly trigger: 'STREAM' | 'EVENTS' | 'FILES' | 'SCHEDULE';
  readonly consumer: CapabilityFunction;
  readonly deadLetters: Queue;
}

export interface WorkersProps {
  readonly service: ServiceDescription;
  readonly data: DataStack;
  readonly code: CodeOf;
  readonly bus: IEventBus;
  /** Encrypts the queues. */
  readonly key: IKey;
}

/** The functions behind a capability's stream, events, files and schedules. Each entry serves one of them. */
export function makeWorkers(scope: Construct, props: WorkersProps): readonly Worker[] {
  return [
    ...streamWorkers(scope, props),
    ...eventWorkers(scope, props),
    ...fileWorkers(scope, props),
    ...jobs(scope, props),
  ];
}

function streamWorkers(scope: Construct, props: WorkersProps): readonly Worker[] {
  const { service, data, key } = props;
  const { table } = data.dataOf(service.name);
  checkStreamConsumers(service);
  return (service.streams ?? []).map((stream) => {
    if (!table) throw new Error(`${service.name} follows the stream of a table that it does not describe`);
    const consumer = makeFunction(scope, props, stream);
    return { trigger: 'STREAM', consumer, deadLetters: consumeStream(consumer, { stream, table, key }) };
  });
}

function eventWorkers(scope: Construct, props: WorkersProps): readonly Worker[] {
  return (props.service.subscriptions ?? []).map((subscription) => {
    const consumer = makeFunction(scope, props, subscription);
    const { deadLetters } = subscribe(consumer, { ...props, ...settingsOf(subscription), subscription });
    return { trigger: 'EVENTS', consumer, deadLetters };
  });
}

function fileWorkers(scope: Construct, props: WorkersProps): readonly Worker[] {
  const { service, data } = props;
  const { files } = data.dataOf(service.name);
  if (!service.bucket || !files) return [];
  const consumer = makeFunction(scope, props, service.bucket);
  takeFrom(consumer, files.uploads, FILES_PER_RUN);
  return [{ trigger: 'FILES', consumer, deadLetters: files.uploads.deadLetters }];
}

function jobs(scope: Construct, props: WorkersProps): readonly Worker[] {
  return (props.service.schedules ?? []).map((schedule) => {
    const consumer = makeFunction(scope, props, schedule);
    return { trigger: 'SCHEDULE', consumer, deadLetters: scheduleRuns(consumer, { schedule, key: props.key }) };
  });
}

type DescribedFunction = FunctionSettings & { readonly entry: string };

function makeFunction(scope: Construct, { service, data, code, bus }: WorkersProps, described: DescribedFunction) {
  const { entry } = described;
  const id = toFunctionId({ service: service.name, entry });
  return new CapabilityFunction(scope, id, { service, entry, settings: settingsOf(described), code, data, bus });
}

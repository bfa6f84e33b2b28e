import { Aws, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { Archive, type CfnArchive, type CfnEventBus, EventBus, type IEventBus } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { ServiceDescription } from '../../shared/service/description.ts';
import type { CodeOf } from './capability-function.ts';
import type { DataStack } from './data-stack.ts';
import { deadLetterQueue } from './work-queue.ts';
import { makeWorkers, type Worker } from './workers.ts';

/** Days that the bus keeps what went over it, to be played again. A redrive from the tables finds what is older. */
const ARCHIVE_DAYS = 400;

/** CloudFormation takes 500 resources in a stack, and a function with its queues, role and rules is about ten of them. */
const FUNCTIONS_PER_STACK_MAX = 40;

export interface EventsStackProps extends StackProps {
  readonly services: readonly ServiceDescription[];
  readonly data: DataStack;
  readonly code: CodeOf;
}

/** The bus, and every function that no caller waits for: those behind streams, events, files and schedules. */
export class EventsStack extends Stack {
  readonly bus: EventBus;
  /** Events that the bus could not encrypt or decrypt. */
  readonly undelivered: Queue;
  readonly workers: readonly Worker[];
  /** Stacks beside this one with the functions that it has no room for. */
  readonly others: readonly Stack[];

  constructor(scope: Construct, id: string, { services, data, code, ...props }: EventsStackProps) {
    super(scope, id, { description: 'Yudao: the bus, and what runs by itself', ...props });
    const key = this.makeKey();
    this.undelivered = deadLetterQueue(this, 'Undelivered', key);
    this.bus = this.makeBus(key);
    const [own = [], ...others] = byStack(services);
    this.others = others.map((_, place) => {
      return new Stack(scope, `${id}${place + 2}`, { description: 'Yudao: more of what runs by itself', ...props });
    });
    const bus = this.bus as IEventBus;
    this.workers = [own, ...others].flatMap((some, place) =>
      some.flatMap((service) => makeWorkers(this.others[place - 1] ?? this, { service, data, code, key, bus })),
    );
  }

  private makeKey(): Key {
    const key = new Key(this, 'Key', {
      description: 'Yudao: encrypts the bus, its archive and the queues behind it',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    key.grant(eventBridge(), 'kms:Decrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*', 'kms:DescribeKey');
    return key;
  }

  /**
   * The key is set on the resources: CDK would have the key's policy name the bus, which names the queue, which names
   * the key. Here the policy lets EventBridge use the key for anything of this account.
   */
  private makeBus({ keyArn }: Key): EventBus {
    const bus = new EventBus(this, 'Bus', {
      description: 'Yudao: what happened, told to whom it concerns',
      deadLetterQueue: this.undelivered as IQueue,
    });
    const archive = new Archive(this, 'Archive', {
      description: 'Yudao: what went over the bus',
      sourceEventBus: bus,
      eventPattern: { account: [Aws.ACCOUNT_ID] },
      retention: Duration.days(ARCHIVE_DAYS),
    });
    (bus.node.defaultChild as CfnEventBus).kmsKeyIdentifier = keyArn;
    (archive.node.defaultChild as CfnArchive).kmsKeyIdentifier = keyArn;
    this.undelivered.grant(eventBridge(), 'sqs:SendMessage');
    return bus;
  }
}

/** Capabilities in their order, those of a stack together. */
function byStack(services: readonly ServiceDescription[]): ServiceDescription[][] {
  const stacks: ServiceDescription[][] = [];
  let room = 0;
  for (const service of services) {
    const { streams = [], subscriptions = [], schedules = [], bucket } = service;
    const functions = streams.length + subscriptions.length + schedules.length + (bucket ? 1 : 0);
    const last = stacks.at(-1);
    if (last && functions <= room) last.push(service);
    else {
      stacks.push([service]);
      room = FUNCTIONS_PER_STACK_MAX;
    }
    room -= functions;
  }
  return stacks;
}

function eventBridge(): ServicePrincipal {
  return new ServicePrincipal('events.amazonaws.com', {
    conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
  });
}

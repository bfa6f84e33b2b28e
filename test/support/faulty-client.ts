import {
  type BatchGetItemCommandInput,
  type BatchWriteItemCommandInput,
  type CancellationReason,
  type DynamoDBClient,
  ProvisionedThroughputExceededException,
  ThrottlingException,
  TransactionCanceledException,
  TransactionConflictException,
  type TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb';
import { type BatchRequests, cutBatch, joinBatches } from './faulty-batches.ts';
import { randomFrom } from './random.ts';

/** How often each fault happens to a call that it can happen to, between 0 and 1. None unless told. */
export interface FaultRates {
  /** Another transaction holds one of the items. Nothing is written. */
  readonly conflict: number;
  /** The partition is over its throughput. Nothing is written. */
  readonly throttle: number;
  /** The connection fails before the request is out. Nothing is written. */
  readonly timeoutBefore: number;
  /** The request is carried out and its answer lost. */
  readonly timeoutAfter: number;
  /** A batch is done in part; the rest comes back as unprocessed. */
  readonly unprocessed: number;
}

export interface Fault {
  readonly call: number;
  readonly command: string;
  readonly fault: keyof FaultRates;
}

export interface FaultLog {
  readonly seed: number;
  readonly faults: readonly Fault[];
  countOf(fault: keyof FaultRates): number;
  /** For the message of a failed expectation: the seed that repeats the run, and what was injected last. */
  toString(): string;
  /** Ends the faults; the client goes on as it is. */
  stop(): void;
}

type BatchInput = BatchGetItemCommandInput | BatchWriteItemCommandInput;

const faultsShown = 20;
const conflictText = 'Transaction is ongoing for the item';
const throttleText = 'Throughput exceeds the current capacity for one or more global secondary indexes or the table';

/**
 * Makes a client fail as the cloud does and no emulator: at random, by a seed. Faults strike below the SDK's retries, once
 * an attempt, so that a client with `maxAttempts: 1` shows them to its caller and any other one retries as it would in
 * the cloud. With the same seed and the same order of calls the same faults come, `faultsMax` of
 * them at most.
 */
export function injectFaults(
  client: DynamoDBClient,
  seed: number,
  rates: Partial<FaultRates>,
  faultsMax = Number.POSITIVE_INFINITY,
): FaultLog {
  const random = randomFrom(seed);
  const faults: Fault[] = [];
  let calls = 0;
  let stopped = false;

  function strikes(fault: keyof FaultRates, command: string): boolean {
    const hit = random() < (rates[fault] ?? 0) && !stopped && faults.length < faultsMax;
    if (hit) faults.push({ call: calls, command, fault });
    return hit;
  }

  client.middlewareStack.add(
    (next, context) => async (args) => {
      const command = commandOf(context.commandName);
      const cut = isBatch(command) ? cutBatch(args.input as BatchInput, random) : undefined;
      if (!cut || !strikes('unprocessed', command)) return next(args);
      const answer = await next({ ...args, input: { ...args.input, RequestItems: cut.done } as typeof args.input });
      const field = command === 'BatchGetItem' ? 'UnprocessedKeys' : 'UnprocessedItems';
      const output = answer.output as unknown as Record<string, BatchRequests | undefined>;
      output[field] = joinBatches(output[field], cut.left);
      return answer;
    },
    { step: 'initialize', name: 'faultyBatches', priority: 'low' },
  );

  client.middlewareStack.add(
    (next, context) => async (args) => {
      const command = commandOf(context.commandName);
      calls += 1;
      if (canConflict(command) && strikes('conflict', command)) throw conflictOf(command, args.input, random);
      if (strikes('throttle', command)) throw throttleOf(command, args.input, random);
      if (strikes('timeoutBefore', command)) throw connectionError(random);
      const loses = strikes('timeoutAfter', command);
      const answered = await next(args).then(
        (answer) => () => answer,
        (error) => () => {
          throw error;
        },
      );
      if (loses) throw connectionError(random);
      return answered();
    },
    { step: 'finalizeRequest', name: 'faults', priority: 'low' },
  );

  return {
    seed,
    faults,
    countOf: (kind) => faults.filter(({ fault }) => fault === kind).length,
    toString: () => {
      const last = faults.slice(-faultsShown).map(({ call, command, fault }) => `${call} ${command} ${fault}`);
      return `SEED=${seed}, ${faults.length} faults in ${calls} calls; the last: ${last.join(', ')}`;
    },
    stop: () => {
      stopped = true;
    },
  };
}

function commandOf(name = ''): string {
  return name.replace(/Command$/, '');
}

function isBatch(command: string): boolean {
  return command === 'BatchWriteItem' || command === 'BatchGetItem';
}

function isTransaction(command: string): boolean {
  return command === 'TransactWriteItems' || command === 'TransactGetItems';
}

function canConflict(command: string): boolean {
  return isTransaction(command) || ['PutItem', 'UpdateItem', 'DeleteItem'].includes(command);
}

function conflictOf(command: string, input: object, random: () => number): Error {
  const reason = { Code: 'TransactionConflict', Message: conflictText };
  if (isTransaction(command)) return cancelled(reason, input, random);
  return new TransactionConflictException({ message: conflictText, ...answeredWith(400) });
}

function throttleOf(command: string, input: object, random: () => number): Error {
  const byTable = random() < 0.5;
  if (isTransaction(command)) {
    const Code = byTable ? 'ProvisionedThroughputExceeded' : 'ThrottlingError';
    return cancelled({ Code, Message: throttleText }, input, random);
  }
  const details = { message: throttleText, ...answeredWith(400) };
  return byTable ? new ProvisionedThroughputExceededException(details) : new ThrottlingException(details);
}

/** One reason an item, in the order of the request, as the service gives them: 'None' for those that were in order. */
function cancelled(reason: CancellationReason, input: object, random: () => number): TransactionCanceledException {
  const count = (input as TransactWriteItemsCommandInput).TransactItems?.length ?? 0;
  const struck = Math.floor(random() * count);
  const reasons = Array.from({ length: count }, (_, index) => (index === struck ? reason : { Code: 'None' }));
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return new TransactionCanceledException({
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    CancellationReasons: reasons,
    ...answeredWith(400),
  });
}

function answeredWith(httpStatusCode: number) {
  return { $metadata: { httpStatusCode, requestId: 'injected', attempts: 1, totalRetryDelay: 0 } };
}

/** Either of what Node's HTTP handler throws when no answer comes; they do not tell whether the request arrived. */
function connectionError(random: () => number): Error {
  if (random() < 0.5) return Object.assign(new Error('Connection timed out'), { name: 'TimeoutError' });
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}

import { groupCommit } from '../../shared/concurrency/group-commit.ts';
import { causeOf } from '../../shared/http/cause.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import type { Command } from './commands.ts';
import type { contract } from './contract.ts';
import { presentMade, presentTransfer } from './present.ts';
import { problems } from './problems.ts';
import { recordIdOf, transferCommand } from './requests.ts';
import { defaultStore } from './store.ts';
import { type Outcome, submit } from './submit.ts';

type Handler<Name extends keyof typeof contract> = OperationHandler<(typeof contract)[Name]>;

/** Commands that arrive while others are being written go together as the next group. */
const commandsPerGroupMax = 200;

const submitTogether = groupCommit<{ command: Command; now: Date }, Outcome>((tenant, inputs) => {
  const now = new Date(Math.max(...inputs.map((input) => input.now.getTime())));
  const commands = inputs.map(({ command }) => command);
  return submit(defaultStore(), tenant, commands, now);
}, commandsPerGroupMax);

async function carryOut(tenant: string, command: Command, now: Date) {
  const outcome = await submitTogether(tenant, { command, now });
  if (outcome.outcome === 'REFUSED') throw outcome.problem;
  if (outcome.outcome !== 'TRANSFER') throw new Error(`The command ${command.id} made no transfer.`);
  return { body: presentMade(outcome.transfer) };
}

const makeTransfer: Handler<'makeTransfer'> = ({ actor, body, idempotencyKey, now }) =>
  carryOut(actor.tenant, transferCommand(actor, idempotencyKey, body), now);

const makeTransfers: Handler<'makeTransfers'> = async ({ actor, body, now }) => {
  const commands = body.transfers.map((line) => transferCommand(actor, line.idempotencyKey, line));
  const outcomes = await submit(defaultStore(), actor.tenant, commands, now, { atomic: body.atomic });
  const results = outcomes.map((outcome, index) => ({
    index,
    idempotencyKey: body.transfers[index]?.idempotencyKey ?? '',
    ...presentOutcome(outcome, index),
  }));
  const refused = results.filter(({ status }) => status === 'REFUSED').length;
  return { body: { posted: results.length - refused, refused, results } };
};

/** Pointers of a line's problem lead into the batch. */
function presentOutcome(outcome: Outcome, index: number) {
  if (outcome.outcome === 'TRANSFER') {
    return { status: 'ACCEPTED' as const, transfer: presentMade(outcome.transfer) };
  }
  if (outcome.outcome !== 'REFUSED') throw new Error('A batch makes transfers only.');
  const body = outcome.problem.toBody();
  const errors = body.errors?.map((fault) =>
    fault.pointer === undefined ? fault : { ...fault, pointer: `/transfers/${index}${fault.pointer}` },
  );
  return { status: 'REFUSED' as const, problem: { ...body, ...(errors && { errors }) } };
}

const getTransfer: Handler<'getTransfer'> = async ({ actor, path }) => {
  const record = (await defaultStore().readRecords(actor.tenant, [path.transferId])).get(path.transferId);
  if (record?.outcome === 'TRANSFER') return { body: presentTransfer(record.transfer) };
  const detail = `There is no transfer ${path.transferId}.`;
  throw problems['transfer-not-found'].with({ detail, transferId: path.transferId });
};

const postTransfer: Handler<'postTransfer'> = ({ actor, path, body, idempotencyKey, fingerprint, now }) => {
  const amounts = body.amounts.map(({ leg, amount }) => ({ leg, ...amount }));
  const command: Command = {
    command: 'POST',
    id: recordIdOf(actor.tenant, idempotencyKey),
    fingerprint,
    cause: causeOf(actor),
    pendingId: path.transferId,
    amounts,
    ...(body.valueDate !== undefined && { valueDate: body.valueDate }),
  };
  return carryOut(actor.tenant, command, now);
};

const voidTransfer: Handler<'voidTransfer'> = ({ actor, path, idempotencyKey, fingerprint, now }) => {
  const id = recordIdOf(actor.tenant, idempotencyKey);
  const command: Command = { command: 'VOID', id, fingerprint, cause: causeOf(actor), pendingId: path.transferId };
  return carryOut(actor.tenant, command, now);
};

const reverseTransfer: Handler<'reverseTransfer'> = ({ actor, path, body, idempotencyKey, fingerprint, now }) => {
  const command: Command = {
    command: 'REVERSE',
    id: recordIdOf(actor.tenant, idempotencyKey),
    fingerprint,
    cause: causeOf(actor),
    transferId: path.transferId,
    ...(body.valueDate !== undefined && { valueDate: body.valueDate }),
    ...(body.description !== undefined && { description: body.description }),
  };
  return carryOut(actor.tenant, command, now);
};

export const transferHandlers = {
  makeTransfer,
  makeTransfers,
  getTransfer,
  postTransfer,
  voidTransfer,
  reverseTransfer,
};

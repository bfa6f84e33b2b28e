import type { Answer } from './api-client.ts';
import { companies } from './netting-data.ts';
import { type Column, grouped, table } from './table.ts';

type Body = Answer['body'];

const figure = (title: string): Column => ({ title, align: 'right' });
const amountOf = (money: Body) => (money ? `${grouped(money.amount)} ${money.currency}` : '');
const nameOf = (participant: string) => companies.find(({ id }) => id === participant)?.name ?? participant;

export function reportObligations(obligations: readonly Body[]): string {
  const rows = obligations.map(({ reference, payer, payee, description, amount, state, cycleId, cycleState }) => {
    return [reference, nameOf(payer), nameOf(payee), description, amountOf(amount), state, cycleId, cycleState];
  });
  const columns = [{ title: 'Reference' }, { title: 'Payer' }, { title: 'Payee' }, { title: 'For' }];
  return table([...columns, figure('Amount'), { title: 'State' }, { title: 'Cycle' }, { title: 'Is' }], rows);
}

/** By company and currency: gross, net, and the net in the home currency. */
export function reportPositions({ positions }: Body): string {
  const rows = positions.map(({ participant, grossPaid, grossReceived, net, converted }: Body) => {
    return [nameOf(participant), ...[grossPaid, grossReceived, net, converted ?? net].map(amountOf)];
  });
  return table([{ title: 'Company' }, ...['To pay', 'To get', 'Net', 'Net in yuan'].map(figure)], rows);
}

export function reportPayments({ legs }: Body): string {
  const rows = legs.map(({ payer, payee, amount }: Body) => [nameOf(payer), nameOf(payee), amountOf(amount)]);
  return table([{ title: 'Payer' }, { title: 'Payee' }, figure('Amount')], rows);
}

/** Before, by pairs, and after. */
export function reportSavings({ figures }: Body): string {
  const rows = figures.savings.flatMap(({ gross, bilateral, net, savedValuePercent, savedPaymentsPercent }: Body) => {
    return [
      ['before: each obligation by itself', String(gross.payments), amountOf(gross.value)],
      ['by pairs', String(bilateral.payments), amountOf(bilateral.value)],
      ['after: netted among all', String(net.payments), amountOf(net.value)],
      ['saved', `${savedPaymentsPercent} %`, `${savedValuePercent} %`],
    ];
  });
  return table([{ title: '' }, figure('Payments'), figure('Value')], rows);
}

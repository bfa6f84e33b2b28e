import { defineProblems } from '../../shared/problems/problem.ts';

/** Why netting refuses. */
export const problems = defineProblems('netting', {
  'version-conflict': {
    status: 409,
    title: 'There is another version than expected',
    mend: 'Read it again, decide whether your change still holds, and send it with the version you read.',
  },
  'centre-not-found': {
    status: 404,
    title: 'Netting centre, or version of one, not found',
    mend: 'Name a centre of your own; GET /v1/netting-centres lists them.',
  },
  'centre-id-taken': {
    status: 409,
    title: 'There is a netting centre with this id',
    mend: 'Send an id of its own; where that centre is meant, change it with PATCH.',
  },
  'centre-refused': {
    status: 409,
    title: 'The terms of the netting centre do not fit together',
    mend: 'Mend each field named in `errors`; nothing was written.',
  },
  'participant-account': {
    status: 409,
    title: 'A participant cannot be paid on this account',
    mend: 'Name an open account of your ledger, in the currency it stands at, that no capability has as its own.',
  },
  'identity-taken': {
    status: 409,
    title: 'By this identity events name another participant',
    mend: 'Send each identity for one participant of one centre; take it away where it leads now, or leave it out. Nothing was written.',
  },
  'calendar-not-published': {
    status: 409,
    title: 'CALENDAR_NOT_PUBLISHED: the working-day calendar does not reach that day',
    mend: 'Wait until the calendar of that year is published, or choose a day inside its coverage.',
  },
  'obligation-refused': {
    status: 422,
    title: 'The obligation does not fit its netting centre',
    mend: 'Mend each field named in `errors`; nothing was written.',
  },
  'obligation-reference-used': {
    status: 409,
    title: 'There is an obligation with this reference and other content',
    mend: 'Send the obligation as it was sent first, or another reference for another obligation.',
  },
  'obligation-not-found': {
    status: 404,
    title: 'Obligation not found',
    mend: 'Name an obligation of your own; GET /v1/obligations finds it by centre and reference.',
  },
  'obligation-state': {
    status: 409,
    title: 'The obligation is not in a state for this',
    mend: 'See `state`: what was withdrawn stays so; a disputed one is resolved before it is confirmed.',
  },
  'cycle-not-found': {
    status: 404,
    title: 'Netting cycle not found',
    mend: 'Name a cycle of your own; GET /v1/netting-cycles lists those of a centre.',
  },
  'confirmation-runs': {
    status: 409,
    title: 'The confirmation of the netting cycle is not over',
    mend: 'See `state` and `until`: cut off one that is OPEN with {"to":"CONFIRMING"}, and wait until its confirmation ends.',
  },
  'closing-under-way': {
    status: 409,
    title: 'The netting cycle is being closed with something else left out',
    mend: 'Read the cycle: where a limit stops its closing, send `leaveOut` again; where it closes, there is nothing to do.',
  },
  'cycle-not-closed': {
    status: 409,
    title: 'The netting cycle is not closed',
    mend: 'Have it closed first: POST …/close with {"to":"CLOSED"} when its confirmation is over.',
  },
  'value-date-not-reached': {
    status: 409,
    title: 'The value date of the netting cycle has not come',
    mend: 'Wait until `valueDate`: it is settled by itself then.',
  },
  'cycle-cannot-unwind': {
    status: 409,
    title: 'The netting cycle cannot be taken back any more, or not yet',
    mend: 'See `state`: what is posted stays so; record what is owed the other way for the next cycle, where it must be undone.',
  },
  'participant-not-found': {
    status: 404,
    title: 'The netting centre has no such participant',
    mend: 'Name participants of the centre; GET …/participants lists them.',
  },
  'bank-payment-not-found': {
    status: 404,
    title: 'Bank payment not found',
    mend: 'Name a payment of that cycle; GET …/bank-payments lists them.',
  },
  'nothing-to-retry': {
    status: 409,
    title: 'There is nothing of the payment to be paid again',
    mend: 'See `state`: what is on its way or arrived is not paid twice; give the participant an account at a bank, where it has none.',
  },
  'report-not-ready': {
    status: 409,
    title: 'The netting cycle has no figures yet',
    mend: 'Send dryRun=true for the figures as they would be now, or wait until it is CLOSED.',
  },
  'dry-run-too-large': {
    status: 409,
    title: 'The netting cycle has too many lines to be tried while you wait',
    mend: 'Have it closed when its confirmation is over: that goes on in the background.',
  },
  'cycle-closed': {
    status: 409,
    title: 'The netting cycle takes this no longer',
    mend: 'See `state` and until when it took it; record what is owed the other way for the next cycle, where it must be undone.',
  },
  'queued-payment-refused': {
    status: 422,
    title: 'The payment does not fit the queue of its netting centre',
    mend: 'Mend each field named in `errors`; nothing was written.',
  },
  'queued-payment-reference-used': {
    status: 409,
    title: 'There is a queued payment with this reference and other content',
    mend: 'Send the payment as it was sent first, or another reference for another payment.',
  },
  'queued-payment-not-found': {
    status: 404,
    title: 'Queued payment not found',
    mend: 'Name a queued payment of that centre; its list finds one by reference.',
  },
  'queued-payment-state': {
    status: 409,
    title: 'The payment cannot be withdrawn any more',
    mend: 'Read it again: what is settled stays so; pay the same back, where it must be undone.',
  },
  'currency-not-netted': {
    status: 422,
    title: 'The netting centre has no queue in this currency',
    mend: 'Name one of its currencies, or add this one to it.',
  },
  'queue-being-resolved': {
    status: 409,
    title: 'The queue is being resolved',
    mend: 'Wait until the resolution named in `resolutionId` has ended; then ask again.',
  },
  'resolution-not-found': {
    status: 404,
    title: 'Resolution not found',
    mend: 'Name a resolution of that centre, as POST …/resolve answered it.',
  },
});

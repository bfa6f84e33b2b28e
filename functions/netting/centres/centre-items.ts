import type { Plain } from '../../../shared/dynamo/items.ts';
import type { CycleSchedule } from '../cycles/schedule.ts';
import { keys } from '../keys.ts';
import type { Centre } from './centre.ts';
import type { Block } from './participant-blocks.ts';

/** Items as plain objects ↔ the model. Counts come back from N as bigint, amounts stay it. */
export function centreToPlain(centre: Centre): Plain {
  return { ...keys.centre(centre.tenant, centre.id), kind: 'CENTRE', ...centre };
}

/** A centre as it was in one version, which stays. */
export function versionToPlain(centre: Centre): Plain {
  return { ...keys.centreVersion(centre.tenant, centre.id, centre.revision), kind: 'CENTRE_VERSION', ...centre };
}

/** Of a centre, or of a version of it. */
export function centreFromPlain(plain: Plain): Centre {
  const { pk: _pk, sk: _sk, kind: _kind, schedule, participantCount, revision, rateDaysMax, ...facts } = plain;
  return {
    ...(facts as unknown as Centre),
    schedule: scheduleFromPlain(schedule as Plain),
    participantCount: Number(participantCount),
    rateDaysMax: Number(rateDaysMax),
    revision: Number(revision),
  };
}

function scheduleFromPlain({ days, confirmation, valueDays, ...rest }: Plain): CycleSchedule {
  const counted = confirmation as { workingDays: bigint; time: string } | undefined;
  return {
    ...(rest as unknown as CycleSchedule),
    days: daysFromPlain(days as Plain),
    ...(counted && { confirmation: { ...counted, workingDays: Number(counted.workingDays) } }),
    valueDays: Number(valueDays),
  };
}

function daysFromPlain({ kind, dayOfWeek, dayOfMonth }: Plain): CycleSchedule['days'] {
  if (kind === 'WEEKLY') return { kind, dayOfWeek: Number(dayOfWeek) };
  return kind === 'MONTHLY' ? { kind, dayOfMonth: Number(dayOfMonth) } : { kind: 'DAILY' };
}

export function blockToPlain(tenant: string, centreId: string, { id, content }: Block): Plain {
  return { ...keys.centreBlock(tenant, centreId, id), kind: 'CENTRE_BLOCK', ...content };
}

export function blockFromPlain({ sk, text, amounts }: Plain): Block {
  return { id: String(sk), content: { text: String(text), amounts: (amounts ?? []) as bigint[] } };
}

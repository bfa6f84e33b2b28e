import type * as z from 'zod';
import { defined } from '../../../shared/objects/defined.ts';
import type { channelTemplateOut } from './channel-template-shapes.ts';
import type { dayTemplateOut } from './day-template-shapes.ts';
import type { FoundTemplate } from './keep-templates.ts';
import type { TemplateUse } from './own-template.ts';

export function presentChannelTemplate(found: FoundTemplate<'CHANNEL_FILE'>) {
  return { ...found.content, ...headOf(found) } as z.input<typeof channelTemplateOut>;
}

export function presentDayTemplate(found: FoundTemplate<'DAY_FILE'>) {
  return { ...found.content, ...headOf(found) } as z.input<typeof dayTemplateOut>;
}

function headOf({ id, own }: FoundTemplate<TemplateUse>) {
  return {
    id,
    builtIn: own === undefined,
    version: own?.revision ?? 0,
    ...defined({ changedAt: own?.changedAt }),
  };
}

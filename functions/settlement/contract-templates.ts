import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { general } from '../../shared/problems/general.ts';
import { marketId } from './markets/market-shapes.ts';
import { problems } from './problems.ts';
import { channelTemplateIn, channelTemplateOut, channelTemplatesOut } from './templates/channel-template-shapes.ts';
import { dayTemplateIn, dayTemplateOut, dayTemplatesOut } from './templates/day-template-shapes.ts';
import * as examples from './templates/template-examples.ts';
import { templateId, templateQuery } from './templates/template-shapes.ts';

const path = z.strictObject({ marketId, templateId });
const list = { path: z.strictObject({ marketId }), query: templateQuery, problems: [problems['market-not-found']] };
const put = {
  path,
  problems: [
    problems['market-not-found'],
    problems['template-id-taken'],
    problems['version-conflict'],
    general['conflict-retry'],
  ],
};
const get = { path, problems: [problems['market-not-found'], problems['template-not-found']] };

export const templateContract = {
  listChannelFileTemplates: {
    ...list,
    description: 'Those that everybody has stand on the first page, before the market’s own by id.',
    response: channelTemplatesOut,
    example: examples.listChannelFileTemplates,
  },
  getChannelFileTemplate: { ...get, response: channelTemplateOut, example: examples.getChannelFileTemplate },
  putChannelFileTemplate: {
    ...put,
    description:
      'Counts for files that are sent from then on. `dates.pattern` is written with yyyy, MM, dd, HH, mm and ss. The same again ' +
      'changes nothing.',
    body: channelTemplateIn,
    response: channelTemplateOut,
    example: examples.putChannelFileTemplate,
  },
  listDayFileTemplates: {
    ...list,
    description: 'That which everybody has stands on the first page, before the market’s own by id.',
    response: dayTemplatesOut,
    example: examples.listDayFileTemplates,
  },
  getDayFileTemplate: { ...get, response: dayTemplateOut, example: examples.getDayFileTemplate },
  putDayFileTemplate: {
    ...put,
    description: 'The same again changes nothing.',
    body: dayTemplateIn,
    response: dayTemplateOut,
    example: examples.putDayFileTemplate,
  },
} satisfies Contract;

import type { RouteDescription } from '../../shared/service/description.ts';
import { keepers, readers } from './routes-markets.ts';

const market = '/v1/markets/{marketId}';
const fileTemplates = `${market}/file-templates`;
const dayFileTemplates = `${market}/day-file-templates`;

/** What settlement serves over templates of files; part of its description. */
export const templateRoutes: readonly RouteDescription[] = [
  {
    operation: 'listChannelFileTemplates',
    method: 'GET',
    path: fileTemplates,
    access: readers,
    summary: 'List the templates by which files of channels are read',
    success: 200,
  },
  {
    operation: 'getChannelFileTemplate',
    method: 'GET',
    path: `${fileTemplates}/{templateId}`,
    access: readers,
    summary: 'Get a template of a channel’s file',
    success: 200,
  },
  {
    operation: 'putChannelFileTemplate',
    method: 'PUT',
    path: `${fileTemplates}/{templateId}`,
    access: keepers,
    summary: 'Put a template of your own for a channel’s file',
    success: 200,
  },
  {
    operation: 'listDayFileTemplates',
    method: 'GET',
    path: dayFileTemplates,
    access: readers,
    summary: 'List the templates by which daily files are written',
    success: 200,
  },
  {
    operation: 'getDayFileTemplate',
    method: 'GET',
    path: `${dayFileTemplates}/{templateId}`,
    access: readers,
    summary: 'Get a template of a daily file',
    success: 200,
  },
  {
    operation: 'putDayFileTemplate',
    method: 'PUT',
    path: `${dayFileTemplates}/{templateId}`,
    access: keepers,
    summary: 'Put a template of your own for a daily file',
    success: 200,
  },
];

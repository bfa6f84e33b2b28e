import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { instant } from '../../shared/http/schemas.ts';
import { version } from './version.ts';

export const contract = {
  getOpenApi: {
    description: 'Generated from the contracts that the requests are checked against.',
    response: z.looseObject({ openapi: z.string() }),
    example: { response: { openapi: '3.1.1' } },
  },
  getDocs: {
    response: z.string(),
    responseType: 'text/html; charset=utf-8',
    example: { response: '<!doctype html>…' },
  },
  getHealth: {
    response: z
      .strictObject({
        status: z.literal('ok'),
        version: z.string(),
        time: instant.meta({ description: 'By the clock of the system.' }),
      })
      .meta({ id: 'Health' }),
    example: { response: { status: 'ok', version, time: '2026-03-02T01:30:00.000Z' } },
  },
} satisfies Contract;

import * as z from 'zod';
import { amountOut, date, id, page, text } from '../../../shared/http/schemas.ts';
import { channelId } from '../channels/channel-shapes.ts';
import { marketId } from '../markets/market-shapes.ts';
import { templateId } from '../templates/template-shapes.ts';
import { channelFileStatuses, faultsKeptMax, partsMax } from './channel-file.ts';
import { uploadBytesMax } from './upload-key.ts';

/** What files of channels look like to a caller. */

const FILE_NAME_MAX = 255;

export const channelFileId = id('cfl');

const partDetail = `Send a whole number from 1 to ${partsMax}.`;
const partMeta = {
  description:
    'Where the channel has several bills of one day, each is a part; 1 unless told. A later file of the same part takes the place of the earlier.',
};

export const fileQuery = z.strictObject({
  channelId,
  businessDate: date.meta({ description: 'The day of the channel that the file is of.' }),
  template: templateId,
  part: z
    .string()
    .regex(/^[0-9]{1,2}$/, partDetail)
    .transform(Number)
    .refine((part) => part >= 1 && part <= partsMax, partDetail)
    .default(1)
    .meta({ type: 'integer', pattern: undefined, ...partMeta }),
});

export const uploadIn = z
  .strictObject({
    channelId,
    businessDate: date,
    template: templateId,
    part: z.int().min(1).max(partsMax).default(1).meta(partMeta),
    fileName: text(FILE_NAME_MAX),
    size: z.int().min(1).max(uploadBytesMax).optional().meta({ description: 'Bytes.' }),
  })
  .meta({ id: 'ChannelFileUploadRequest' });

export const filesQuery = z.strictObject({ ...page.shape, from: date, to: date });
export const marketPath = z.strictObject({ marketId });
export const filePath = z.strictObject({ marketId, fileId: channelFileId });

export const channelFileOut = z
  .object({
    id: z.string(),
    marketId: z.string(),
    channelId: z.string(),
    businessDate: z.string(),
    part: z.int(),
    template: z.string(),
    status: z.enum(channelFileStatuses).meta({ description: 'WAITING: for its bytes. It ends COMPLETED or REFUSED.' }),
    fileName: z.string().optional(),
    uploadUrl: z.string().optional().meta({ description: 'PUT the file here before `expiresAt`; only while WAITING.' }),
    expiresAt: z.string().optional(),
    bytes: z.int().meta({ description: 'Of the file; 0 until an upload was read.' }),
    content: z
      .object({
        payments: z.int(),
        refunds: z.int(),
        skipped: z.int().meta({ description: 'Rows that moved no money.' }),
        paid: amountOut,
        refunded: amountOut,
        fees: amountOut.meta({ description: 'Less what was given back.' }),
        totalsAgree: z.boolean().optional().meta({
          description: 'The totals that the file states are those of its rows; absent where its template has none.',
        }),
      })
      .optional()
      .meta({ description: 'Only of a file that is COMPLETED.' }),
    problem: z.object({ code: z.string(), detail: z.string() }).optional(),
    faulty: z.int().meta({ description: 'Rows that cannot be read.' }),
    faults: z
      .array(z.object({ line: z.int(), field: z.string(), detail: z.string() }))
      .meta({ description: `What is wrong with them, ${faultsKeptMax} faults at most.` }),
    createdAt: z.string(),
    changedAt: z.string(),
  })
  .meta({ id: 'ChannelFile' });

export const channelFilesOut = z.object({ files: z.array(channelFileOut), nextCursor: z.string().optional() });

import type { Contract } from '../../shared/http/contract.ts';
import { general } from '../../shared/problems/general.ts';
import * as examples from './channel-files/channel-file-examples.ts';
import * as shapes from './channel-files/channel-file-shapes.ts';
import { uploadBytesMax } from './channel-files/upload-key.ts';
import { problems } from './problems.ts';

const path = shapes.marketPath;
const toTake = [
  problems['market-not-found'],
  problems['channel-not-found'],
  problems['template-not-found'],
  problems['business-date-ahead'],
  general['conflict-retry'],
];

export const channelFileContract = {
  importChannelFile: {
    description:
      'The body is the file itself, read by a template in the background: follow it until it is COMPLETED or REFUSED. A bad file is ' +
      'refused whole: what is wrong with it stands in it, by line. A good one stands for its day, in the place of an earlier one of ' +
      'the same part, and is compared at once. The same file again is the same import: 200 where it is COMPLETED; one that was ' +
      'REFUSED is read again. Above 4 MB open an upload.',
    path,
    query: shapes.fileQuery,
    response: shapes.channelFileOut,
    problems: toTake,
    example: examples.importChannelFile,
  },
  listChannelFiles: {
    description: 'By the day that they are of, `from` to `to`, both inclusive; those that were refused too.',
    path,
    query: shapes.filesQuery,
    response: shapes.channelFilesOut,
    problems: [problems['market-not-found']],
    example: examples.listChannelFiles,
  },
  getChannelFile: {
    path: shapes.filePath,
    response: shapes.channelFileOut,
    problems: [problems['market-not-found'], problems['channel-file-not-found']],
    example: examples.getChannelFile,
  },
  createChannelFileUpload: {
    description:
      `For files of up to ${uploadBytesMax / 1024 / 1024} MB: PUT the file to \`uploadUrl\`, then follow it until it is COMPLETED or ` +
      'REFUSED. What is wrong with it stands in it, by line.',
    path,
    body: shapes.uploadIn,
    response: shapes.channelFileOut,
    problems: toTake,
    example: examples.createChannelFileUpload,
  },
} satisfies Contract;

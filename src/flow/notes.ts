import { type Issue, issueAt } from './issue.ts';
import { learningHash } from './learned.ts';
import type { Sources } from './sources.ts';

/** What somebody should see to, and what Pandu can well run with meanwhile. */
export function notesOn(sources: Sources): readonly Issue[] {
  return staleCalibration(sources);
}

/** The numbers say how sure the reader is after learning from other sentences than these. */
function staleCalibration({ files, examples, calibration }: Sources): readonly Issue[] {
  if (examples.voices.length === 0 || calibration.fitted === learningHash(files)) return [];
  return [
    issueAt(
      { file: files.nameOf('calibration.yaml'), line: 1 },
      'these numbers were fitted to other examples: run npm run calibrate',
    ),
  ];
}

import { caseFixture, patternedBytes, sealBytes } from './case-fixture.ts';
import { verifyCase, type Auditor } from '../../src/main/custody/verify-case.ts';
import { CaseFile } from '../../src/main/vault/case-file.ts';
import type { Verification } from '../../src/shared/domain/custody.ts';

export interface PreparedCase {
  /** Where the case is. */
  path: string;
  folder: string;
  /** The checkpoint over all entries, and one over fewer. */
  head: string;
  early: string;
}

/** A closed case with two exhibits and seven entries. */
export function preparedCase(): PreparedCase {
  const fixture = caseFixture();
  const { file, log, folder } = fixture;
  sealBytes(fixture, 1, patternedBytes(1_500_000));
  sealBytes(fixture, 2, patternedBytes(3000, 2));
  const early = log.head()?.note ?? '';
  const subject = { kind: 'case', id: file.info.id } as const;
  for (let i = 0; i < 3; i += 1) log.append({ type: 'item.viewed', subject, detail: { i } });
  const head = log.head()?.note ?? '';
  file.close();
  return { path: file.path, folder, head, early };
}

export async function verifyClosed(
  path: string,
  auditors: Auditor[] = [],
  against?: string,
): Promise<Verification> {
  const file = CaseFile.open(path, { application: 'verifier', readOnly: true });
  try {
    return await verifyCase(file, auditors, against === undefined ? {} : { against });
  } finally {
    file.close();
  }
}

export const failures = (verification: Verification) =>
  verification.checks
    .filter((check) => check.status === 'fail')
    .map((check) => `${check.item}: ${check.message}`);

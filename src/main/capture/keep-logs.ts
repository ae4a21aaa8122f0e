import type { HostCertificates } from './certificates.ts';
import { certificatesJson, sentCertificates } from './certificates.ts';
import { textPayload } from '../archive/payload.ts';
import type { ConsoleLog } from './console-log.ts';
import { pageInfo } from './page-info.ts';
import { artefactUri, type StepContext } from './steps/step.ts';

/** Puts down what is known only when the recording is over: every address asked for, the certificates, and what the page printed. */
export async function keepLogs(
  context: StepContext,
  consoleLog: ConsoleLog,
  shown: readonly HostCertificates[],
): Promise<void> {
  const { record, witness, events, pageId, page, url } = context;
  const document = witness.mainDocument();
  const accounts = witness.accounts();
  const time = new Date();
  const info = pageInfo({
    pageId,
    url: page.url ?? url,
    time: document?.requestedAt ?? time,
    status: document?.status ?? null,
    jsErrors: consoleLog.errors,
    accounts,
  });
  const keep = { time, pageId };
  await record.resource({
    ...keep,
    uri: artefactUri(context, 'pageinfo'),
    contentType: 'application/json',
    payload: info,
  });
  const sent = sentCertificates(witness.certificates(), accounts);
  const chains = certificatesJson(witness.kind === 'wire' ? sent : shown);
  if (chains !== null)
    await record.resource({
      ...keep,
      uri: artefactUri(context, 'certificates'),
      contentType: 'application/json',
      payload: textPayload(chains),
    });
  if (consoleLog.isFull)
    events.note('console', 'The page printed so much to its console that the rest was not written down.');
  const printed = consoleLog.finish();
  if (printed)
    await record.resource({
      ...keep,
      uri: artefactUri(context, 'console'),
      contentType: 'application/x-ndjson',
      payload: printed,
    });
}

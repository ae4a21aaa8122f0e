import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, WebSocketRoute } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tamper } from '../support/case-fixture.ts';
import { eventually } from './support/eventually.ts';
import { startApp, type App } from './support/start-app.ts';

let app: App;
let page: Page;
let caseId: string;

beforeAll(async () => {
  app = await startApp();
  const opened = app.host.workspace.create(join(app.folder, 'errors.constat'), {
    title: 'Errors',
    reference: '',
    purpose: '',
  });
  caseId = opened.file.info.id;
  page = await app.open();
});
afterAll(() => app.close());

const goTo = (route: string) => page.evaluate((hash) => window.location.assign(hash), `#${route}`);
const alert = () => page.getByRole('alert').first();

async function capture(address: string): Promise<void> {
  await goTo(`/case/${caseId}/captures`);
  const field = page.getByLabel('Addresses to capture');
  await field.fill(address);
  await field.press('Enter');
}

describe('an address that cannot be captured', () => {
  it.each([
    ['not an address', /not a web address/],
    ['javascript:alert(1)', /http and https only; “javascript:?” was refused. Nothing was opened./],
    ['file:///etc/passwd', /http and https only/],
  ])('%s is refused in place, and stays in the field', async (address, sentence) => {
    await capture(address);
    await alert().waitFor();
    expect(await alert().innerText()).toMatch(sentence);
    expect(await page.getByLabel('Addresses to capture').inputValue()).toBe(address);
  });

  it('a private one comes to nothing until it is allowed for that capture', async () => {
    await capture(app.site.urls.missing);
    const jobs = page.getByRole('region', { name: 'Captures under way' });
    await eventually(() => jobs.innerText()).toMatch(/private address .* Nothing was sent/);
    expect(app.site.log()).toEqual([]);
    await jobs.getByRole('button', { name: 'Allow private addresses and try again' }).click();
    await page.getByRole('option').first().waitFor({ timeout: 60_000 });
    await eventually(() => jobs.count()).toBe(0);
  });

  it('a running capture can be cancelled, tried again and put away', async () => {
    await page.getByRole('button', { name: 'Options' }).click();
    await page.getByText('Allow private addresses', { exact: true }).click();
    await capture(app.site.urls.neverEnding);
    const jobs = page.getByRole('region', { name: 'Captures under way' });
    await jobs.getByRole('button', { name: 'Cancel' }).click();
    await eventually(() => jobs.innerText()).toMatch(/cancelled. Nothing was sealed/);
    await jobs.getByRole('button', { name: 'Put away' }).click();
    await eventually(() => jobs.count()).toBe(0);
  });
});

describe('evidence that was changed behind the case’s back', () => {
  it('fails its verification, and what failed is named first', async () => {
    tamper(join(app.folder, 'errors.constat'), (database) => {
      const chunk = database
        .prepare<[], { bytes: Buffer }>('SELECT bytes FROM blob_chunk WHERE seq = 0')
        .get();
      if (!chunk) throw new Error('nothing was sealed');
      chunk.bytes.writeUInt8(chunk.bytes.readUInt8(200) ^ 1, 200);
      database.prepare<[Buffer]>('UPDATE blob_chunk SET bytes = ? WHERE seq = 0').run(chunk.bytes);
    });
    await goTo(`/case/${caseId}/verify`);
    await page.getByRole('button', { name: 'Verify this case' }).click();
    const result = page.getByRole('region', { name: 'Result' });
    await result.getByRole('heading', { name: /checks? failed/ }).waitFor();
    expect(await result.getByRole('listitem').first().innerText()).toMatch(/Failed:\s*exhibit 1/);
    expect(await result.innerText()).not.toMatch(/Everything checks out/);
  });
});

describe('a case that cannot be had', () => {
  it('is not created over a file that is there: the form warns before it is sent, and the core refuses', async () => {
    const taken = join(app.folder, 'taken.constat');
    writeFileSync(taken, 'something else');
    await goTo('/');
    await page.getByLabel('Title', { exact: true }).fill('Taken');
    await page.getByRole('textbox', { name: 'File', exact: true }).fill(taken);
    await page.getByText('There is already something at this path').waitFor();
    await page.getByRole('button', { name: 'Create case' }).click();
    await page.getByText(/There is already a file at .* Nothing was changed/).waitFor();
  });

  it('is not opened where there is none, or where the file is no case', async () => {
    const path = page.getByLabel('Path of the file');
    await path.fill(join(app.folder, 'nowhere.constat'));
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByText(/There is no case file at/).waitFor();
    await path.fill(join(app.folder, 'taken.constat'));
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByText(/is not a Constat case/).waitFor();
  });

  it('says that a case is not open, and leads back', async () => {
    await goTo('/case/019a0000-0000-7000-8000-000000000000/captures');
    await alert().waitFor();
    expect(await alert().innerText()).toMatch(/not open here/);
    await page.getByRole('link', { name: 'Back to cases' }).click();
    await page.getByRole('heading', { name: 'Cases', level: 1 }).waitFor();
  });
});

it('a bundle that is none is named as such', async () => {
  await goTo('/check');
  await page.getByLabel('Path of the bundle').fill(app.folder);
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await eventually(() => page.getByRole('main').innerText()).toMatch(/cannot be read as a bundle|failed/);
});

it('the sentence is translated, not the English one shown', async () => {
  const french = await app.open({ locale: 'fr-FR' });
  await french.evaluate((hash) => window.location.assign(hash), `#/case/${caseId}/captures`);
  const field = french.getByLabel('Adresses à capturer');
  await field.fill('ftp://example.org/');
  await field.press('Enter');
  await french.getByText(/Constat ne capture que http et https/).waitFor();
});

describe('a connection that is lost', () => {
  it('is said so, and taken up again by itself', async () => {
    const watched = await app.open();
    const sockets: WebSocketRoute[] = [];
    await watched.routeWebSocket(/\/rpc$/, (socket) => {
      // The first stands until it is cut; the second is refused; the third stands again.
      sockets.push(socket);
      if (sockets.length === 2) void socket.close();
      else socket.connectToServer();
    });
    await watched.reload();
    await watched.getByRole('heading', { name: 'Cases', level: 1 }).waitFor();
    await sockets[0]?.close();
    const lost = watched.getByText(/The connection to Constat is lost/);
    await lost.waitFor();
    await lost.waitFor({ state: 'detached' });
    expect(sockets.length).toBe(3);
    await watched.getByRole('link', { name: 'Settings' }).click();
    await watched
      .getByText(/^SHA256:/)
      .first()
      .waitFor();
  });

  it('stays said while Constat is closed', async () => {
    const watched = await app.open();
    await app.host.close();
    await watched.getByText(/if Constat was closed, start it/).waitFor();
  });
});

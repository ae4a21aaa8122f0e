import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonObjectSchema, type JsonObject, type JsonValue } from '../../shared/domain/common.ts';

/**
 * What a browser with a window would otherwise send without being asked: each letter typed into the address bar, addresses and
 * downloads to be judged, passwords to be compared, words to be spelled. And what it would keep or ask: passwords, a restored session.
 */
const quiet: Record<string, JsonValue> = {
  'search.suggest_enabled': false,
  'safebrowsing.enabled': false,
  'safebrowsing.enhanced': false,
  'safebrowsing.scout_reporting_enabled': false,
  'profile.password_manager_leak_detection': false,
  credentials_enable_service: false,
  'autofill.profile_enabled': false,
  'autofill.credit_card_enabled': false,
  'spellcheck.use_spelling_service': false,
  'browser.enable_spellchecking': false,
  'translate.enabled': false,
  'net.network_prediction_options': 2,
  'alternate_error_pages.enabled': false,
  'url_keyed_anonymized_data_collection.enabled': false,
  'payments.can_make_payment_enabled': false,
  'ntp.num_personal_suggestions': 0,
  'signin.allowed': false,
  'session.restore_on_startup': 5,
  'download.prompt_for_download': false,
};

/** Writes the preferences into the browser's folder before it starts, and leaves all others as they are. */
export function quietPreferences(browserFolder: string): void {
  const folder = join(browserFolder, 'Default');
  const file = join(folder, 'Preferences');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(file, JSON.stringify(withQuiet(read(file))), { mode: 0o600 });
}

/**
 * Whether the browser asks for a name and a password where a server wants them (401). Nobody sees the question of a browser without a
 * window, and the page would wait for ever; there the answer is shown as the page it is.
 */
export function passwordPrompts(browserFolder: string, asks: boolean): void {
  const file = join(browserFolder, 'Local State');
  const state = read(file);
  const auth = jsonObjectSchema.safeParse(state['auth']);
  const { schemes: _, ...rest } = auth.success ? auth.data : {};
  const changed = { ...state, auth: asks ? rest : { ...rest, schemes: 'none' } };
  writeFileSync(file, JSON.stringify(changed), { mode: 0o600 });
}

/** The preferences with each quiet one set, whatever stood in its place. */
export function withQuiet(preferences: JsonObject): JsonObject {
  const changed = structuredClone(preferences);
  for (const [path, value] of Object.entries(quiet)) {
    const names = path.split('.');
    let place = changed;
    for (const name of names.slice(0, -1)) {
      const next = jsonObjectSchema.safeParse(place[name]);
      place = place[name] = next.success ? next.data : {};
    }
    place[names.at(-1) ?? path] = value;
  }
  return changed;
}

function read(file: string): JsonObject {
  try {
    return jsonObjectSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}

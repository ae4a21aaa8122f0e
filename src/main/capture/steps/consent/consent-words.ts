import { anyOf, normalLabel } from '../press/label.ts';

/**
 * What is said on banners no rule knows, by language: what such a banner speaks `of`, and what the buttons say that `refuse` and
 * `accept`. Sources of patterns over the normal text; of buttons, over the whole label.
 */
export const consentWords = {
  en: {
    of: ['cookies?', 'consent', 'personal data', 'tracking', 'privacy', 'gdpr'],
    refuse: [
      '(?:reject|decline|refuse|deny)(?: all| cookies| all cookies| optional cookies| non-essential(?: cookies)?| everything)?',
      '(?:only |use |accept |allow )*(?:necessary|essential|required)(?: cookies)?(?: only)?',
      "i (?:do not|don't) (?:accept|agree)",
      'disagree',
      'no,? thanks?(?: you)?',
      'continue without (?:accepting|agreeing|consent)',
      'opt out',
    ],
    accept: [
      '(?:accept|allow|agree to)(?: all| cookies| all cookies| and (?:continue|close)| & (?:continue|close))?',
      'i (?:accept|agree|consent)',
      'agree',
      'agree and (?:continue|close|proceed)',
      'yes,? i agree',
      'got it',
      'ok(?:ay)?',
      'consent',
      'enable all',
    ],
  },
  fr: {
    of: ['cookies?', 'traceurs?', 'consentement', 'données personnelles', 'vie privée', 'rgpd', 'témoins'],
    refuse: [
      '(?:tout )?(?:refuser|rejeter|décliner)(?: tout| tous(?: les cookies)?| les cookies| et (?:continuer|fermer))?',
      'continuer sans accepter',
      'je refuse',
      'non,? merci',
      '(?:accepter )?(?:uniquement|seulement)? ?les? cookies? (?:nécessaires|essentiels)(?: uniquement)?',
      'interdire tous les cookies',
    ],
    accept: [
      '(?:tout )?(?:accepter|autoriser)(?: tout| tous(?: les cookies)?| les cookies| et (?:continuer|fermer))?',
      "j'accepte",
      'ok,? tout accepter',
      "d'accord",
      'ok',
      'accepter & fermer',
      "j'ai compris",
    ],
  },
  de: {
    of: ['cookies?', 'einwilligung', 'datenschutz', 'personenbezogene', 'tracking', 'zustimmung', 'dsgvo'],
    refuse: [
      '(?:alle(?: cookies)? |cookies )?(?:ablehnen|verweigern)',
      'nur (?:notwendige|erforderliche|essenzielle|technisch notwendige)(?: cookies)?(?: (?:akzeptieren|zulassen|verwenden|erlauben))?',
      '(?:notwendige|erforderliche) cookies',
      'ohne (?:zustimmung|einwilligung) fortfahren',
      'nein,? danke',
      'ablehnen und .{1,20}',
    ],
    accept: [
      '(?:alle(?: cookies)? |allen |cookies )?(?:akzeptieren|annehmen|zustimmen|erlauben|zulassen)',
      'akzeptieren und (?:weiter|schließen)',
      'zustimmen und weiter',
      'ich (?:stimme zu|akzeptiere)',
      'einverstanden',
      'ok',
      'verstanden',
    ],
  },
  es: {
    of: ['cookies?', 'consentimiento', 'datos personales', 'privacidad', 'rgpd'],
    refuse: [
      '(?:rechazar|denegar|no aceptar)(?: todo| todas(?: las cookies)?| cookies| las cookies| y (?:continuar|cerrar))?',
      '(?:solo|sólo|aceptar solo) (?:las )?(?:cookies )?(?:necesarias|esenciales)',
      'continuar sin aceptar',
      'no,? gracias',
    ],
    accept: [
      '(?:aceptar|permitir|acepto)(?: todo| todas(?: las cookies)?| cookies| las cookies| y (?:continuar|cerrar))?',
      'de acuerdo',
      'estoy de acuerdo',
      'entendido',
      'ok',
    ],
  },
  it: {
    of: ['cookies?', 'consenso', 'dati personali', 'privacy', 'gdpr'],
    refuse: [
      '(?:rifiuta|nega|rifiuto)(?: tutto| tutti(?: i cookie)?| e (?:continua|chiudi))?',
      '(?:solo|accetta solo)(?: i)?(?: cookie)? (?:necessari|essenziali|tecnici)',
      'continua senza accettare',
      'no,? grazie',
    ],
    accept: [
      '(?:accetta|consenti|acconsento|accetto)(?: tutto| tutti(?: i cookie)?| i cookie| e (?:continua|chiudi))?',
      "d'accordo",
      'ho capito',
      'ok',
    ],
  },
  pt: {
    of: ['cookies?', 'consentimento', 'dados pessoais', 'privacidade', 'rgpd', 'lgpd'],
    refuse: [
      '(?:rejeitar|recusar|negar|rejeito)(?: tudo| todos(?: os cookies)?| cookies| e (?:continuar|fechar))?',
      '(?:somente|apenas|só)(?: os)?(?: cookies)? (?:necessários|essenciais)',
      'continuar sem aceitar',
      'não,? obrigad[oa]',
    ],
    accept: [
      '(?:aceitar|permitir|aceito|concordar|concordo)(?: tudo| todos(?: os cookies)?| cookies| e (?:continuar|fechar))?',
      'entendi',
      'prosseguir',
      'ok',
    ],
  },
  nl: {
    of: ['cookies?', 'toestemming', 'persoonsgegevens', 'privacy', 'avg'],
    refuse: [
      '(?:alles |alle cookies |cookies )?(?:weigeren|afwijzen)',
      '(?:weiger|wijs)(?: alles| alle cookies| af| alles af)?',
      'alleen (?:noodzakelijke|functionele|strikt noodzakelijke)(?: cookies)?(?: accepteren| toestaan)?',
      'doorgaan zonder (?:accepteren|te accepteren)',
      'nee,? bedankt',
    ],
    accept: [
      '(?:alles |alle cookies |cookies )?(?:accepteren|toestaan|aanvaarden)',
      '(?:accepteer|sta)(?: alles| alle cookies| alles toe)?',
      '(?:ik ga )?akkoord(?: en (?:doorgaan|sluiten))?',
      'ik (?:ga akkoord|accepteer)',
      'begrepen',
      'ok(?:é)?',
    ],
  },
  ar: {
    of: ['ملفات تعريف الارتباط', 'الكوكيز', 'كوكيز', 'الخصوصية', 'موافقة', 'البيانات الشخصية'],
    refuse: [
      '(?:رفض|أرفض|ارفض)(?: الكل| الجميع| جميع .{1,30})?',
      'لا (?:أوافق|شكرا|شكرًا)',
      'الضرورية فقط',
      'المتابعة (?:بدون|دون) (?:قبول|موافقة)',
    ],
    accept: [
      '(?:قبول|أقبل|اقبل|السماح|موافق|أوافق|أوافق على)(?: الكل| الجميع| للجميع| بالكل| جميع .{1,30}| ومتابعة| والمتابعة)?',
      'حسن[اًا]+',
      'موافق',
    ],
  },
} as const satisfies {
  [language: string]: { of: readonly string[]; refuse: readonly string[]; accept: readonly string[] };
};

const patterns = {
  of: anyOf(
    Object.values(consentWords).flatMap((one) => one.of),
    false,
  ),
  refuse: anyOf(
    Object.values(consentWords).flatMap((one) => one.refuse),
    true,
  ),
  accept: anyOf(
    Object.values(consentWords).flatMap((one) => one.accept),
    true,
  ),
};

/** Whether a text speaks of what consent banners speak of. */
export function speaksOfConsent(text: string): boolean {
  return patterns.of.test(normalLabel(text));
}

/** Whether a button of a banner refuses, or accepts. */
export function answers(what: 'refuse' | 'accept', label: string): boolean {
  const normal = normalLabel(label);
  return normal.length <= 60 && patterns[what].test(normal);
}

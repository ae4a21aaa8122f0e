/**
 * What marks a credential by its name, as data. Names are compared without regard to case and to how they are written:
 * `newPassword`, `new_password` and `user[new-password]` are the words `new password`.
 */

/** Headers whose whole value is a credential or is one often enough. */
const headers = new Set([
  'cookie',
  'cookie2',
  'set-cookie',
  'set-cookie2',
  'authorization',
  'proxy-authorization',
  'authentication-info',
  'proxy-authentication-info',
  'api-key',
  'apikey',
  'x-api-key',
  'x-apikey',
  'x-goog-api-key',
  'x-functions-key',
  'ocp-apim-subscription-key',
  'x-aws-ec2-metadata-token',
  'x-amz-security-token',
  'x-ig-www-claim',
  'x-fb-lsd',
  'dpop',
]);

/** A header with one of these words in its name: `X-Csrf-Token`, `X-Auth`, `Session-Id`. */
const headerWords = new Set([
  'token',
  'auth',
  'authorization',
  'authtoken',
  'csrf',
  'csrftoken',
  'xsrf',
  'xsrftoken',
  'session',
  'sessionid',
  'secret',
  'password',
  'passwd',
  'jwt',
  'bearer',
  'credential',
  'credentials',
  'otp',
]);

/** Headers with such a word that hold no credential: a challenge, or what a server says of itself. */
const harmlessHeaders = new Set(['www-authenticate', 'proxy-authenticate', 'sec-session-registration']);

/** Parts of a field name that mark it wherever they stand in it, in the languages whose sites are captured most. */
const fieldParts = [
  'password',
  'passwd',
  'passphrase',
  'passcode',
  'passwort',
  'kennwort',
  'motdepasse',
  'mdp',
  'contrasena',
  'contraseña',
  'palavrapasse',
  'senha',
  'wachtwoord',
  'lozinka',
  'parola',
  'haslo',
  'hasło',
  'пароль',
  'apikey',
  'accesskey',
  'clientsecret',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'authtoken',
  'sessionid',
  'jsessionid',
  'phpsessid',
  'csrf',
  'xsrf',
  'samlresponse',
  'samlassertion',
  'verificationcode',
  'securitycode',
  'recoverycode',
];

/** Words that mark a field name when they are one of its words. */
const fieldWords = new Set([
  'pass',
  'pwd',
  'psw',
  'pw',
  'otp',
  'totp',
  'mfa',
  'tfa',
  '2fa',
  'pin',
  'cvv',
  'cvc',
  'token',
  'secret',
  'auth',
  'authorization',
  'bearer',
  'jwt',
  'credential',
  'credentials',
  'session',
  'sid',
  'sessid',
  'assertion',
  'signature',
  'sig',
  'lsd',
  'ticket',
]);

/** Next to one of these a `token` is a place in a list, and replay needs it. */
const harmlessWith = new Set(['page', 'next', 'prev', 'previous', 'continuation', 'cursor', 'sync', 'count']);

/** Arguments of an address that hold a credential and are not told by the words above. */
const arguments_ = new Set(['xamzcredential', 'awsaccesskeyid', 'keypairid', 'oauthtoken', 'hmac']);

/** Members of an answer in JSON that hand out a credential. */
const answerFields = new Set([
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'authtoken',
  'sessiontoken',
  'sessionid',
  'csrftoken',
  'xsrftoken',
  'jwt',
  'bearer',
  'token',
  'clientsecret',
  'password',
]);

/** Names of cookies that carry a session: their values count as credentials even where they do not look made up. */
const sessionCookie = /sess|sid\b|auth|token|jwt|csrf|xsrf|login|secret|remember/i;

/** True where the value of a header is never handed out. */
export function isSecretHeader(name: string): boolean {
  const lower = name.toLowerCase().replace(/[^a-z0-9-]/g, '');
  if (harmlessHeaders.has(lower)) return false;
  return headers.has(lower) || lower.split('-').some((word) => headerWords.has(word));
}

/** True where a form field, a member of JSON or a part of a multipart body holds a password or a token. */
export function isSecretField(name: string): boolean {
  // Lists by address have addresses for names.
  if (name.includes('://')) return false;
  const words = wordsOf(name);
  const joined = words.join('');
  if (fieldParts.some((part) => joined.includes(part))) return true;
  return words.some((word) => fieldWords.has(word)) && !words.some((word) => harmlessWith.has(word));
}

/** True where an argument of an address is a credential. */
export function isSecretArgument(name: string): boolean {
  return isSecretField(name) || arguments_.has(wordsOf(name).join(''));
}

/** True where a member of a JSON answer hands out a credential. */
export function isSecretAnswer(name: string): boolean {
  return answerFields.has(wordsOf(name).join(''));
}

export function isSessionCookie(name: string): boolean {
  return sessionCookie.test(name);
}

/** A password may be any text; a token is told from other text by how it looks. */
export function kindOfField(name: string): 'password' | 'token' {
  return passwordName.test(name) ? 'password' : 'token';
}

const passwordName = /pass|pwd|psw|contras|senha|mdp|wort|\bpin\b|otp|has[lł]o|lozinka|parola|парол/i;

function wordsOf(name: string): string[] {
  return name
    .slice(0, 300)
    .normalize('NFC')
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

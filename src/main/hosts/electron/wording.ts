const english = {
  bundleKind: 'What is the bundle to verify?',
  zipFile: 'A ZIP file',
  folder: 'A folder',
  cancel: 'Cancel',
  coreStopped: 'Constat stopped by itself. What was sealed before is safe; start it again.',
};

const french: typeof english = {
  bundleKind: 'Sous quelle forme est le dossier à vérifier ?',
  zipFile: 'Un fichier ZIP',
  folder: 'Un dossier de fichiers',
  cancel: 'Annuler',
  coreStopped: 'Constat s’est arrêté de lui-même. Ce qui était scellé est intact ; relancez-le.',
};

/** The few sentences that the shell says itself, in the language of the system where it is spoken here. */
export function wording(locale: string): typeof english {
  return /^fr\b/i.test(locale) ? french : english;
}

import type { recording as english } from '../en/recording.ts';

export const recording: Record<keyof typeof english, string> = {
  'bar.byHand': 'Enregistrer à la main',
  'recording.of': 'Enregistrement à la main',
  'recording.on': 'Enregistrement',
  'recording.starting': 'Ouverture de la fenêtre…',
  'recording.ending': 'Scellement…',
  'recording.closed': 'La fenêtre a été fermée. Sceller ce qui a été enregistré, ou le jeter ?',
  'recording.empty': 'Un onglet vide',
  'recording.numbers':
    '{tabs, plural, one {# onglet} other {# onglets}}, {pages, plural, one {# page} other {# pages}}{marked, plural, =0 {} one {, # marquée} other {, # marquées}}',
  'recording.mark': 'Marquer cette page',
  'recording.marked': 'La page est conservée entière, telle qu’elle était.',
  'recording.finish': 'Terminer et sceller',
  'recording.discard': 'Jeter',
  'recording.discardTitle': 'Jeter cet enregistrement ?',
  'recording.discardText':
    'Rien n’en est conservé, et rien ne pourra en être retrouvé. Le journal garde qu’il a été demandé puis annulé.',
  'recording.keep': 'Continuer l’enregistrement',
  'command.markPage': 'Marquer la page en cours d’enregistrement',
  'command.finishRecording': 'Terminer l’enregistrement à la main et le sceller',
  'options.profile': 'Profil de navigateur',
  'options.profileFresh': 'Nouveau, jeté ensuite',
  'profiles.title': 'Profils de navigateur',
  'profiles.text':
    'Un par identité virtuelle : ses cookies et ses connexions restent d’un enregistrement à l’autre. Les profils ne se trouvent que sur cet ordinateur. Aucun dossier ni aucune exportation ne dit le nom d’un profil, seulement que deux captures d’un dossier ont utilisé le même. Les cookies y sont en clair : qui lit ce dossier peut être cette identité.',
  'profiles.none': 'Aucun profil pour l’instant.',
  'profiles.name': 'Nom d’un nouveau profil',
  'profiles.create': 'Créer',
  'profiles.unused': 'Pas encore utilisé',
  'profiles.used': 'Dernière utilisation :',
  'profiles.inUse': 'En cours d’utilisation',
  'profiles.rename': 'Renommer {name}',
  'profiles.newName': 'Nouveau nom',
  'profiles.remove': 'Supprimer {name}',
  'profiles.removeTitle': 'Supprimer le profil « {name} » ?',
  'profiles.removeText':
    'Ses cookies, ses connexions et ses données sont supprimés de cet ordinateur et ne pourront être retrouvés. Ce qui a été capturé avec lui demeure.',
  'profiles.removeNow': 'Supprimer',
};

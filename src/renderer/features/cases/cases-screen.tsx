import { useText } from '../../i18n/use-text.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { NewCaseForm } from './new-case-form.tsx';
import { OpenCaseForm } from './open-case-form.tsx';
import { RecentCases } from './recent-cases.tsx';

/** Where one begins: the cases opened before, one by its path, or a new one. */
export function CasesScreen() {
  const t = useText();
  return (
    <Page title={t('cases.title')} lead={t('cases.lead')}>
      <RecentCases />
      <div className="grid gap-6 border-t pt-6 lg:grid-cols-[3fr_2fr] lg:gap-10">
        <Section title={t('cases.new')}>
          <NewCaseForm />
        </Section>
        <Section title={t('cases.openOther')}>
          <OpenCaseForm />
        </Section>
      </div>
    </Page>
  );
}

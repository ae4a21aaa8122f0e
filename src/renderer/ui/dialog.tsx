import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useText } from '../i18n/use-text.tsx';
import { IconButton } from './button.tsx';

interface Props {
  isOpen: boolean;
  onClose: () => void;
  title: ReactNode;
  /** Width of the panel on a wide screen. */
  width?: 'narrow' | 'wide';
  children: ReactNode;
}

/** A panel over the page. Escape or a press outside closes it and gives the focus back. */
export function Dialog({ isOpen, onClose, title, width = 'narrow', children }: Props) {
  const t = useText();
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className="fixed inset-0 z-40 flex items-start justify-center overflow-y-auto bg-scrim p-3 pt-[8vh]"
    >
      <Modal
        className={`w-full rounded-xl bg-surface shadow-over ${width === 'narrow' ? 'max-w-lg' : 'max-w-3xl'} forced-colors:border`}
      >
        <AriaDialog className="flex flex-col outline-none">
          <div className="flex items-start gap-3 border-b px-4 py-3">
            <Heading slot="title" className="min-w-0 flex-1 text-base font-semibold text-ink">
              {title}
            </Heading>
            <IconButton icon={X} label={t('close')} onPress={onClose} className="-me-1" />
          </div>
          <div className="p-4">{children}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
